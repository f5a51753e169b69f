package dev.touchstone.generator.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Collects what is wrong, so that a file is refused once with everything rather than once per mistake. */
public final class Problems {

    /** Most problems that are kept of a text; a file of nonsense need not fill the screen. */
    private static final int MOST = 200;

    private final List<Problem> list = new ArrayList<>();
    private final int most;

    /** Keeps 200 problems and then one that says that there are more. */
    public Problems() {
        this(MOST);
    }

    private Problems(int most) {
        this.most = most;
    }

    /** Keeps every problem. */
    public static Problems unlimited() {
        return new Problems(Integer.MAX_VALUE);
    }

    /** Adds a problem. */
    public void add(Problem problem) {
        if (list.size() < most) {
            list.add(problem);
        } else if (list.size() == most) {
            Place last = new Place(problem.place().file(), Integer.MAX_VALUE, 0);
            list.add(new Problem(last, "", "at most " + most + " problems", "more", "these come first"));
        }
    }

    /** Adds a problem without a hint. */
    public void add(Place place, String key, String expected, String found) {
        add(new Problem(place, key, expected, found, ""));
    }

    /** Whether further problems are not kept any more, so that reading on is of no use. */
    public boolean isFull() {
        return list.size() > most;
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
