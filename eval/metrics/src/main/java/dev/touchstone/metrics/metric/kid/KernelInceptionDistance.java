package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * KID: the squared maximum mean discrepancy of two sets of features under the kernel {@code (x'y / d + 1)^3}
 * (Bińkowski et al. 2018, arXiv 1801.01401). Unbiased, so usable for small sets, and 0 on average for sets of one
 * source: single values may be negative. Two estimates: the subset protocol that papers publish, with the draws of
 * torch-fidelity 0.5.0, and one over all images with a jackknife interval. Kernels are in double, where
 * torch-fidelity's are in float; the difference is below 1e-7 of the kernel's scale.
 */
public final class KernelInceptionDistance {

    public static final String NAME = "kid";

    /** Up to this many images of both sides together, all kernels are computed once and subsets only look them up. */
    private static final int WHOLE_LIMIT = 6000;

    private KernelInceptionDistance() {}

    /**
     * The published protocol: for each subset, draws {@code size} of the generated and then of the reference features
     * without replacement.
     *
     * @throws MetricException if lengths differ or a side has fewer images than a subset
     */
    public static SubsetEstimate subsets(Rows generated, Rows reference, SubsetProtocol protocol) {
        requireSameDimension(generated.columns(), reference.columns());
        SubsetKernels kernels = generated.rows() + reference.rows() <= WHOLE_LIMIT
                ? SubsetKernels.lookedUp(generated.matrix(), reference.matrix())
                : SubsetKernels.computed(generated, reference);
        return draw(generated.rows(), reference.rows(), kernels, protocol);
    }

    private static SubsetEstimate draw(int generated, int reference, SubsetKernels kernels, SubsetProtocol protocol) {
        int smaller = Math.min(generated, reference);
        if (smaller < protocol.size()) {
            throw new MetricException("kid: expected at least " + protocol.size() + " images on each side, found "
                    + generated + " generated and " + reference
                    + " reference; ask for subsets of at most " + smaller);
        }
        RandomState random = new RandomState(protocol.seed());
        List<Double> values = new ArrayList<>();
        for (int subset = 0; subset < protocol.subsets(); subset++) {
            int[] first = random.choice(generated, protocol.size());
            int[] second = random.choice(reference, protocol.size());
            values.add(kernels.discrepancy(first, second));
        }
        return SubsetEstimate.of(values, protocol.size());
    }

    /**
     * The unbiased estimate over all images, each image a cluster of its own.
     *
     * @throws MetricException if lengths differ or a side has fewer than 3 images
     */
    public static UnbiasedEstimate unbiased(Rows generated, Rows reference) {
        return unbiased(generated, singletons(generated.rows()), reference, singletons(reference.rows()));
    }

    /**
     * The prompt-wise unbiased estimate, with a jackknife that leaves out one cluster at a time: images of one prompt belong
     * together and are no independent evidence. The mean kernels within a side are over pairs of different clusters only; pairs
     * of one prompt are more alike than two images of two prompts, and would be read as a distance (with two images a prompt
     * and a correlation of 0.8, +0.003 at 24 prompts and +0.014 at 5 where the truth is 0). With one image in each cluster it is
     * the plain unbiased estimate.
     *
     * @param generatedClusters cluster of each generated row, any numbers
     * @param referenceClusters cluster of each reference row, any numbers
     * @throws MetricException if lengths differ or a side has fewer than 3 images or 3 clusters
     */
    public static UnbiasedEstimate unbiased(
            Rows generated, int[] generatedClusters, Rows reference, int[] referenceClusters) {
        requireSameDimension(generated.columns(), reference.columns());
        if (generated.rows() < 3 || reference.rows() < 3) {
            throw new MetricException("kid: expected at least 3 images on each side, found " + generated.rows()
                    + " generated and " + reference.rows() + " reference");
        }
        return new KernelJackknife(generated, generatedClusters, reference, referenceClusters).estimate();
    }

    /** The same with each reference image a cluster of its own, from the sums of its kernels. */
    static UnbiasedEstimate unbiased(Rows generated, int[] generatedClusters, Rows reference, KernelSums sums) {
        requireSameDimension(generated.columns(), reference.columns());
        return new KernelJackknife(generated, generatedClusters, reference, sums).estimate();
    }

    /** The unbiased estimate with its interval as a score; unscored if a side has fewer than 3 images. */
    public static Score score(String features, FeatureMatrix generated, FeatureMatrix reference) {
        MetricId metric = MetricId.of(NAME, features);
        if (generated.rows() < 3 || reference.rows() < 3) {
            return new Score.Unscored(
                    metric,
                    "kid needs at least 3 images on each side, found " + generated.rows() + " generated and "
                            + reference.rows() + " reference");
        }
        UnbiasedEstimate estimate = unbiased(Rows.of(generated), Rows.of(reference));
        return new Score.Scored(
                metric,
                estimate.value(),
                Direction.LOWER_IS_BETTER,
                new Score.SampleSize(generated.rows(), reference.rows()),
                Optional.of(estimate.interval()),
                "unbiased, all images");
    }

    private static int[] singletons(int rows) {
        int[] clusters = new int[rows];
        for (int i = 0; i < rows; i++) {
            clusters[i] = i;
        }
        return clusters;
    }

    private static void requireSameDimension(int generated, int reference) {
        if (generated != reference) {
            throw new MetricException("kid: expected features of one length, found " + generated + " generated and "
                    + reference + " reference; both sides must come of the same network");
        }
    }
}
