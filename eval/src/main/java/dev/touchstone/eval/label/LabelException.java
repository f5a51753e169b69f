package dev.touchstone.eval.label;

import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.document.Problem;
import java.util.List;

/** A file of labels cannot be taken as it is; nothing of it was. */
public final class LabelException extends DocumentException {

    private static final long serialVersionUID = 1;

    LabelException(List<Problem> problems) {
        super(problems);
    }
}
