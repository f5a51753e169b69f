package dev.touchstone.generator.prompt;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sizes and aspects that prompts are labelled with. */
public enum ResolutionClass {
    SQUARE_64("square-64", 64, 64),
    SQUARE_96("square-96", 96, 96),
    /** Four to five, the upright format of social networks. */
    SOCIAL_64X80("social-64x80", 64, 80);

    private final String id;
    private final int widthPixels;
    private final int heightPixels;

    ResolutionClass(String id, int widthPixels, int heightPixels) {
        this.id = id;
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
    }

    /** The name in packs and cohorts. */
    public String id() {
        return id;
    }

    public int widthPixels() {
        return widthPixels;
    }

    public int heightPixels() {
        return heightPixels;
    }

    /** Every class by its name, in order. */
    public static Map<String, ResolutionClass> byId() {
        Map<String, ResolutionClass> byId = new LinkedHashMap<>();
        for (ResolutionClass one : values()) {
            byId.put(one.id, one);
        }
        return byId;
    }
}
