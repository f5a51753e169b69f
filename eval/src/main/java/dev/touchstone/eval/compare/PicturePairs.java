package dev.touchstone.eval.compare;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Complete images that both runs have, by prompt and index, as rows of their {@link Pictures}.
 *
 * @param base rows
 * @param candidate rows of the same images
 */
record PicturePairs(int[] base, int[] candidate) {

    static PicturePairs of(Pictures base, Pictures candidate, Pairing pairs) {
        int[] partnerOf = new int[pairs.prompts().size()];
        Arrays.fill(partnerOf, -1);
        for (int k = 0; k < pairs.size(); k++) {
            partnerOf[pairs.candidate()[k]] = pairs.base()[k];
        }
        Map<Long, Integer> rows = new HashMap<>();
        for (int row = 0; row < base.size(); row++) {
            if (base.isComplete(row)) {
                rows.put(key(base.prompt(row), base.index(row)), row);
            }
        }
        int[] ofBase = new int[candidate.size()];
        int[] ofCandidate = new int[candidate.size()];
        int n = 0;
        for (int row = 0; row < candidate.size(); row++) {
            int prompt = partnerOf[candidate.prompt(row)];
            Integer partner =
                    prompt < 0 || !candidate.isComplete(row) ? null : rows.get(key(prompt, candidate.index(row)));
            if (partner != null) {
                ofBase[n] = partner;
                ofCandidate[n++] = row;
            }
        }
        return new PicturePairs(Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n));
    }

    private static long key(int prompt, int index) {
        return (long) prompt << 32 | index;
    }

    int size() {
        return base.length;
    }
}
