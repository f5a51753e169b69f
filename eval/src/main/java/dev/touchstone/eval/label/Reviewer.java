package dev.touchstone.eval.label;

import dev.touchstone.metrics.file.TextFile;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Objects;

/**
 * Who gave a vote. One person stays one, however the name was typed: case, white space at the ends, no-break and zero-width
 * characters, composed or separate accents and full-width letters make no other reviewer, and neither does the tool that the
 * vote was collected with.
 */
public final class Reviewer implements Comparable<Reviewer> {

    private final String name;
    private final String identity;

    private Reviewer(String name, String identity) {
        this.name = name;
        this.identity = identity;
    }

    /**
     * The reviewer of a name as it was typed.
     *
     * @throws IllegalArgumentException if nothing of the name can be seen
     */
    public static Reviewer of(String typed) {
        if (TextFile.isBlank(typed)) {
            throw new IllegalArgumentException("reviewer: expected a name, found \"" + typed + "\"");
        }
        String name = plain(Normalizer.normalize(typed, Form.NFC));
        // Upper, then lower case: so that every letter with two lower-case forms gets one.
        String folded =
                Normalizer.normalize(name, Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return new Reviewer(name, plain(Normalizer.normalize(folded, Form.NFKC)));
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\p{Z}]+", " ").replaceAll("\\p{Cf}+", "").strip();
    }

    /** The name as it was typed, without what cannot be seen. */
    public String name() {
        return name;
    }

    @Override
    public int compareTo(Reviewer other) {
        return identity.compareTo(other.identity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reviewer reviewer && identity.equals(reviewer.identity);
    }

    @Override
    public int hashCode() {
        return Objects.hash(identity);
    }

    @Override
    public String toString() {
        return name;
    }
}
