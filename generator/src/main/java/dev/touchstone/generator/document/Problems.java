package dev.touchstone.generator.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Collects what is wrong, so that a file is refused once with everything rather than once per mistake. */
public final class Problems {

    /** Most problems that are kept; a file of nonsense need not fill the screen. */
    static final int MOST = 200;

    private final List<Problem> list = new ArrayList<>();

    /** Adds a problem; beyond 200 they are dropped. */
    public void add(Problem problem) {
        if (list.size() < MOST) {
            list.add(problem);
        }
    }

    /** Adds a problem without a hint. */
    public void add(Place place, String key, String expected, String found) {
        add(new Problem(place, key, expected, found, ""));
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /** What is wrong, in file and line order. */
    public List<Problem> list() {
        return list.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }

    /** Throws what the function makes of the problems, if there are any. */
    public void throwIfAny(Function<List<Problem>, ? extends DocumentException> exception) {
        if (!list.isEmpty()) {
            throw exception.apply(list());
        }
    }
}
