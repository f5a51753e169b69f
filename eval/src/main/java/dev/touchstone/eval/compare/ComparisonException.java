package dev.touchstone.eval.compare;

import dev.touchstone.metrics.file.DataFileException;

/** Two runs cannot be laid beside one another as was asked; the user can mend it. */
public final class ComparisonException extends DataFileException {

    private static final long serialVersionUID = 1;

    ComparisonException(String message) {
        super(message);
    }
}
