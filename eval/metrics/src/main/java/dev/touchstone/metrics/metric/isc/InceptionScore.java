package dev.touchstone.metrics.metric.isc;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.ArrayList;
import java.util.List;

/**
 * Inception Score (Salimans et al. 2016, arXiv 1606.03498) as torch-fidelity 0.5.0: logits without the classifier's bias,
 * shuffled by NumPy's {@code RandomState}, split, {@code exp(mean KL(p || mean p))} per split in double; mean and standard
 * deviation (divided by the number of splits) over the splits.
 *
 * @param mean in [1, classes]
 * @param standardDeviation over the splits, 0 for one split
 * @param splits one score per split
 */
public record InceptionScore(double mean, double standardDeviation, List<Double> splits) {

    public static final String NAME = "is";

    /** Splits of the paper. */
    public static final int SPLITS = 10;

    /** Seed of the shuffle in torch-fidelity 0.5.0. */
    public static final long SEED = 2020;

    public InceptionScore {
        splits = List.copyOf(splits);
    }

    /** The score of logits {@code [n, classes]} with the defaults of torch-fidelity. */
    public static InceptionScore of(FeatureMatrix logits) {
        return of(Rows.of(logits), SPLITS, SEED);
    }

    /**
     * The score of logits.
     *
     * @param splits at least 1; split s has the rows {@code [s n / splits, (s + 1) n / splits)} of the shuffled ones
     * @throws MetricException if there are fewer rows than splits
     */
    public static InceptionScore of(Rows logits, int splits, long seed) {
        if (splits < 1 || logits.rows() < splits) {
            throw new MetricException("is: expected at least one image for each of " + splits + " splits, found "
                    + logits.rows() + " images");
        }
        Rows shuffled = logits.select(new RandomState(seed).permutation(logits.rows()));
        List<Double> scores = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            int from = (int) ((long) split * logits.rows() / splits);
            int to = (int) ((long) (split + 1) * logits.rows() / splits);
            scores.add(score(shuffled.block(from, to - from)));
        }
        double mean = scores.stream().mapToDouble(Double::doubleValue).sum() / splits;
        double squares =
                scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).sum();
        return new InceptionScore(mean, Math.sqrt(squares / splits), scores);
    }

    private static double score(Matrix logits) {
        int classes = logits.columns();
        double[] marginal = new double[classes];
        double entropies = 0;
        for (int row = 0; row < logits.rows(); row++) {
            double max = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                max = Math.max(max, logits.value(row, c));
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits.value(row, c) - max);
            }
            double logSum = Math.log(sum);
            for (int c = 0; c < classes; c++) {
                double logP = logits.value(row, c) - max - logSum;
                double p = Math.exp(logP);
                entropies += p * logP;
                marginal[c] += p;
            }
        }
        int n = logits.rows();
        double cross = 0;
        for (int c = 0; c < classes; c++) {
            // A class whose probability is below the smallest double adds nothing.
            cross += marginal[c] > 0 ? marginal[c] * Math.log(marginal[c] / n) : 0;
        }
        return Math.exp((entropies - cross) / n);
    }
}
