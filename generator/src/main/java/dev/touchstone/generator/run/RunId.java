package dev.touchstone.generator.run;

import dev.touchstone.metrics.file.Sha256;
import java.util.regex.Pattern;

/**
 * Identity of a run and name of its folder: what was asked for, not when.
 *
 * @param value {@code <manifest name>-<first 10 hex digits of the generation digest>}
 */
public record RunId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}-[0-9a-f]{10}");

    /** @throws IllegalArgumentException if the value has another form */
    public RunId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("run id: expected " + FORM.pattern() + ", found \"" + value + "\"");
        }
    }

    /**
     * The id of a manifest's run.
     *
     * @param name of the manifest
     * @param generationDigest SHA-256 of everything that can change a picture
     */
    public static RunId of(String name, String generationDigest) {
        if (!Sha256.isDigest(generationDigest)) {
            throw new IllegalArgumentException(
                    "run id: expected a SHA-256 as the generation digest, found \"" + generationDigest + "\"");
        }
        return new RunId(name + "-" + generationDigest.substring(0, 10));
    }

    @Override
    public String toString() {
        return value;
    }
}
