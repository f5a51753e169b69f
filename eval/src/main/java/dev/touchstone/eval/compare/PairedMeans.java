package dev.touchstone.eval.compare;

import java.util.Arrays;

/**
 * One value per prompt and side: the mean over the images that both runs have a value for. Prompts without such an image are left
 * out.
 *
 * @param base by prompt
 * @param candidate by the same prompts
 * @param images pairs of images behind them
 */
record PairedMeans(double[] base, double[] candidate, int images) {

    static PairedMeans of(PromptValues base, PromptValues candidate, Pairing pairs) {
        double[] ofBase = new double[pairs.size()];
        double[] ofCandidate = new double[pairs.size()];
        int n = 0;
        int images = 0;
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
                images += shared;
            }
        }
        return new PairedMeans(Arrays.copyOf(ofBase, n), Arrays.copyOf(ofCandidate, n), images);
    }

    int prompts() {
        return base.length;
    }

    double[] differences() {
        double[] differences = new double[base.length];
        Arrays.setAll(differences, i -> candidate[i] - base[i]);
        return differences;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
