package dev.touchstone.eval.compare;

/**
 * A rule that fired: a way in which the candidate could look better without being better.
 *
 * @param id stable name, as in {@code fewer-steps}
 * @param severity what it does to a win
 * @param evidence what was found, with numbers
 * @param remedy what to do about it
 */
public record FalseWin(String id, Severity severity, String evidence, String remedy) {

    /** What a fired rule does to a win. */
    public enum Severity {
        /** A win is suspect: it does not count until somebody has looked. */
        SUSPECT("suspect"),
        /** Worth knowing; wins count. */
        NOTICE("notice");

        private final String id;

        Severity(String id) {
            this.id = id;
        }

        /** The name in results. */
        public String id() {
            return id;
        }
    }

    /** @throws IllegalArgumentException if a text is blank */
    public FalseWin {
        if (id.isBlank() || evidence.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException(
                    "false win: expected an id, evidence and a remedy, found \"" + id + "\"");
        }
    }
}
