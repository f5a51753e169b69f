package dev.touchstone.generator.document;

import java.util.List;
import java.util.stream.Collectors;

/** A file that people write holds mistakes. The message has one line per problem. */
public abstract class DocumentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    protected DocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in file and line order; at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
