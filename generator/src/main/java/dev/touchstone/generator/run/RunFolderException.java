package dev.touchstone.generator.run;

import dev.touchstone.metrics.file.DataFileException;

/** A run folder cannot be used or written; the message names it, what was expected and what was found. */
public final class RunFolderException extends DataFileException {

    private static final long serialVersionUID = 1;

    public RunFolderException(String message) {
        super(message);
    }

    public RunFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
