package dev.touchstone.cli.command;

import java.util.Locale;

/**
 * Whether a part works here.
 *
 * @param subject which part
 * @param detail what was found, one sentence
 */
record HealthCheck(String subject, State state, String detail) {

    /** How it stands. */
    enum State {
        /** It works. */
        OK,
        /** It is not here; a run with the built-in model does without. */
        ABSENT,
        /** No run can be made. */
        FAILED;

        /** The name in answers. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
