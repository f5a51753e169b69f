package dev.touchstone.eval.cost;

import java.util.Arrays;

/**
 * What each prompt cost and what came of it; the same order everywhere. Hard prompts are often dearer, so cost and usable images
 * are looked at together, prompt by prompt.
 *
 * @param cost of the prompt's requests, its share of loading and warm-up included, each at least 0
 * @param complete images
 * @param judged complete images with a verdict
 * @param usable images among them
 */
public record PromptCosts(double[] cost, double[] complete, double[] judged, double[] usable) {

    /** @throws IllegalArgumentException if the lengths differ or a cost is negative or not finite */
    public PromptCosts {
        int prompts = cost.length;
        if (complete.length != prompts || judged.length != prompts || usable.length != prompts) {
            throw new IllegalArgumentException("costs: expected four values per prompt, found " + prompts + ", "
                    + complete.length + ", " + judged.length + " and " + usable.length);
        }
        for (double value : cost) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("costs: expected finite costs >= 0, found " + value);
            }
        }
    }

    int prompts() {
        return cost.length;
    }

    double total() {
        // In plain order, as the interval's estimate sums: the two are the same to the bit.
        double total = 0;
        for (double value : cost) {
            total += value;
        }
        return total;
    }

    long completeImages() {
        return Math.round(Arrays.stream(complete).sum());
    }
}
