package dev.touchstone.reports.section;

import java.util.ArrayList;
import java.util.List;

/** Takes so many of a list, evenly spread from the first to the last. */
final class EvenChoice {

    private EvenChoice() {}

    static <T> List<T> of(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> chosen = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            chosen.add(all.get((int) ((long) i * all.size() / most)));
        }
        return chosen;
    }
}
