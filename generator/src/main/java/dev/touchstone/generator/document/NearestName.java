package dev.touchstone.generator.document;

import java.util.Collection;
import java.util.Optional;

/** Finds what someone probably meant. */
public final class NearestName {

    private NearestName() {}

    /**
     * The name with the smallest edit distance (insertions, deletions, substitutions, swapped neighbours), the first of
     * equals; empty if more than a third of the letters, or more than two where that is more, would have to change.
     */
    public static Optional<String> of(String name, Collection<String> names) {
        Optional<String> nearest = Optional.empty();
        int smallest = Integer.MAX_VALUE;
        for (String candidate : names) {
            int most = Math.max(2, Math.max(name.length(), candidate.length()) / 3);
            if (Math.abs(name.length() - candidate.length()) > most) {
                continue;
            }
            int distance = distance(name, candidate);
            if (distance <= most && distance < smallest && distance < Math.max(name.length(), candidate.length())) {
                smallest = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** {@code did you mean "x"?}, or nothing. */
    public static String hint(String name, Collection<String> names) {
        return of(name, names).map(near -> "did you mean \"" + near + "\"?").orElse("");
    }

    /** Optimal string alignment distance. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
