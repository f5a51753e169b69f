package dev.touchstone.generator.run;

import dev.touchstone.metrics.file.Sha256;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of a run and name of its folder: what was asked for, not when.
 *
 * @param value {@code <manifest name>-<first 10 hex digits of the generation digest>}, and {@code -r<N>} for the N-th repeat, N > 1
 */
public record RunId(String value) {

    private static final Pattern REPEAT = Pattern.compile("-[0-9a-f]{10}-r([1-9][0-9]{0,5})$");
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}-[0-9a-f]{10}(-r[1-9][0-9]{0,5})?");

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

    /**
     * The id of a repeat of a manifest's run.
     *
     * @param repeat ordinal, 1 for the first run
     */
    public static RunId of(String name, String generationDigest, int repeat) {
        if (repeat < 1) {
            throw new IllegalArgumentException("run id: expected a repeat of at least 1, found " + repeat);
        }
        RunId first = of(name, generationDigest);
        return repeat == 1 ? first : new RunId(first.value + "-r" + repeat);
    }

    /** Which repeat of its manifest this run is, from 1. */
    public int repeat() {
        Matcher suffix = REPEAT.matcher(value);
        return suffix.find() ? Integer.parseInt(suffix.group(1)) : 1;
    }

    @Override
    public String toString() {
        return value;
    }
}
