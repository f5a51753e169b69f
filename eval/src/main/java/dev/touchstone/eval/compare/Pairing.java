package dev.touchstone.eval.compare;

import dev.touchstone.eval.result.CohortKey;
import java.util.Arrays;

/**
 * The prompts that two runs share, by rising id: the k-th of them is {@code base[k]} of the one and {@code candidate[k]} of the
 * other.
 *
 * @param prompts the candidate's, whose labels say what belongs to a cohort
 * @param base numbers in the base's prompts
 * @param candidate numbers in the candidate's prompts
 */
record Pairing(PromptSet prompts, int[] base, int[] candidate) {

    static Pairing of(PromptSet base, PromptSet candidate) {
        int most = Math.min(base.size(), candidate.size());
        int[] ofBase = new int[most];
        int[] ofCandidate = new int[most];
        int n = 0;
        for (int i = 0; i < candidate.size(); i++) {
            int number = base.number(candidate.id(i));
            if (number >= 0) {
                ofBase[n] = number;
                ofCandidate[n++] = i;
            }
        }
        return new Pairing(candidate, Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n));
    }

    int size() {
        return base.length;
    }

    /** The pairs of a cohort. */
    Pairing of(CohortKey cohort) {
        int[] ofBase = new int[size()];
        int[] ofCandidate = new int[size()];
        int n = 0;
        for (int k = 0; k < size(); k++) {
            if (prompts.isIn(candidate[k], cohort)) {
                ofBase[n] = base[k];
                ofCandidate[n++] = candidate[k];
            }
        }
        return new Pairing(prompts, Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n));
    }
}
