package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Comparison;
import dev.touchstone.eval.compare.PromptValues;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.result.CohortKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Candidate and baseline, ready to be asked prompt by prompt.
 *
 * @param base what went before
 * @param candidate what may go out
 * @param comparison their differences, where they were compared; simulations go without
 */
public record PairedRuns(RunSamples base, RunSamples candidate, Optional<Comparison> comparison) {

    /**
     * Prompts of a cohort that both runs have.
     *
     * @param base their numbers in the base
     * @param candidate their numbers in the candidate, in the same order
     */
    record Pairs(int[] base, int[] candidate) {

        int size() {
            return base.length;
        }
    }

    Pairs pairs(CohortKey cohort) {
        int[] own = candidate.prompts().of(cohort);
        int[] ofBase = new int[own.length];
        int[] ofCandidate = new int[own.length];
        int n = 0;
        for (int prompt : own) {
            int number = base.prompts().number(candidate.prompts().id(prompt));
            if (number >= 0) {
                ofBase[n] = number;
                ofCandidate[n++] = prompt;
            }
        }
        return new Pairs(Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n));
    }

    /** Samples of a measure, whatever features it was computed with. */
    static Optional<Samples> samples(RunSamples run, String measure) {
        return run.of(measure)
                .or(() -> run.measures().values().stream()
                        .filter(one -> one.measure().id().startsWith(measure + "["))
                        .findFirst());
    }

    /**
     * One value per prompt and side: the mean over the images that both have. Prompts without such an image are left out.
     *
     * @param base by prompt
     * @param candidate by the same prompts
     */
    record Means(double[] base, double[] candidate) {

        static Means of(PromptValues base, PromptValues candidate, Pairs pairs) {
            double[] ofBase = new double[pairs.size()];
            double[] ofCandidate = new double[pairs.size()];
            int n = 0;
            for (int k = 0; k < pairs.size(); k++) {
                int b = pairs.base()[k];
                int c = pairs.candidate()[k];
                double baseSum = 0;
                double candidateSum = 0;
                int shared = 0;
                int i = 0;
                int j = 0;
                while (i < base.count(b) && j < candidate.count(c)) {
                    int order = Integer.compare(base.index(b, i), candidate.index(c, j));
                    if (order == 0) {
                        baseSum += base.value(b, i);
                        candidateSum += candidate.value(c, j);
                        shared++;
                    }
                    i += order <= 0 ? 1 : 0;
                    j += order >= 0 ? 1 : 0;
                }
                if (shared > 0) {
                    ofBase[n] = baseSum / shared;
                    ofCandidate[n++] = candidateSum / shared;
                }
            }
            return new Means(Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n));
        }

        double[] differences() {
            double[] differences = new double[base.length];
            Arrays.setAll(differences, i -> candidate[i] - base[i]);
            return differences;
        }
    }

    /** The mean of every prompt's values; prompts without are left out. */
    static double[] promptMeans(PromptValues values, int[] prompts) {
        return Arrays.stream(prompts)
                .filter(prompt -> values.count(prompt) > 0)
                .mapToDouble(prompt -> values.sum(prompt) / values.count(prompt))
                .toArray();
    }
}
