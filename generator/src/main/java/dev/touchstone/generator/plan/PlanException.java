package dev.touchstone.generator.plan;

import dev.touchstone.metrics.file.DataFileException;

/** What a manifest names does not go together; the message says every problem, one a line. */
public final class PlanException extends DataFileException {

    private static final long serialVersionUID = 1;

    public PlanException(String message) {
        super(message);
    }
}
