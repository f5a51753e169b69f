package dev.touchstone.eval.gate;

import dev.touchstone.generator.document.DocumentException;
import dev.touchstone.generator.document.Problem;
import java.util.List;

/** A policy is not valid. The message has one line per problem. */
public final class PolicyException extends DocumentException {

    private static final long serialVersionUID = 1;

    public PolicyException(List<Problem> problems) {
        super(problems);
    }
}
