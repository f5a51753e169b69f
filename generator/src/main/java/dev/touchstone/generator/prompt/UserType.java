package dev.touchstone.generator.prompt;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Who asks. */
public enum UserType {
    CREATOR,
    MARKETER,
    AGENCY,
    DEVELOPER;

    /** The name in packs and cohorts. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Every type by its name, in order. */
    public static Map<String, UserType> byId() {
        Map<String, UserType> byId = new LinkedHashMap<>();
        for (UserType one : values()) {
            byId.put(one.id(), one);
        }
        return byId;
    }
}
