package dev.touchstone.eval.compare;

import java.util.List;

/**
 * How two runs are compared.
 *
 * @param level of the intervals, in (0, 1)
 * @param allowed names of conditions that may differ beside one another
 */
public record ComparisonSettings(double level, List<String> allowed) {

    /** 95 %, and one variable at a time. */
    public static final ComparisonSettings USUAL = new ComparisonSettings(0.95, List.of());

    /** @throws IllegalArgumentException if the level is outside (0, 1) */
    public ComparisonSettings {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("comparison: expected a level in (0, 1), found " + level);
        }
        allowed = List.copyOf(allowed);
    }

    /** The same with names that may differ. */
    public ComparisonSettings allowing(List<String> names) {
        return new ComparisonSettings(level, names);
    }
}
