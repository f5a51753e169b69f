package dev.touchstone.generator.prompt;

import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.document.Problem;
import java.util.List;

/** A prompt pack that cannot be used. Holds every problem. */
public final class PackException extends DocumentException {

    private static final long serialVersionUID = 1;

    PackException(List<Problem> problems) {
        super(problems);
    }
}
