package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Optional;

/**
 * FID: the Fréchet distance between two Gaussians fitted to features,
 * {@code |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)} with covariances divided by n - 1 (Heusel et al. 2017,
 * arXiv 1706.08500; as pytorch-fid 0.3.0 and torch-fidelity 0.5.0).
 *
 * <p>No general matrix root is taken, so there is no imaginary part: {@code tr (S1 S2)^(1/2)} is the sum of the singular values of
 * {@code L1' L2} with {@code S = L L'} by Cholesky, and, where a set has no more images than the features are long, of the product of
 * the centred rows (Mathiasen and Hvilshøj, arXiv
 * 2009.14075). Nothing is squared, and the sides can change places. Identical sets give 0 up to rounding; sets of one image are refused.
 */
public final class FrechetInceptionDistance {

    public static final String NAME = "fid";

    /** Fewest prompts of a cohort of a run for which FID is printed. */
    public static final int FEWEST_PROMPTS = 24;

    private FrechetInceptionDistance() {}

    /**
     * Distance of two sets of features, rows in any order.
     *
     * @throws MetricException if the lengths differ or a set has fewer than 2 rows
     */
    public static FrechetDistance between(FeatureMatrix generated, FeatureMatrix reference) {
        return between(Rows.of(generated), Rows.of(reference));
    }

    /** As {@link #between(FeatureMatrix, FeatureMatrix)}, of rows. */
    public static FrechetDistance between(Rows generated, Rows reference) {
        requireSameDimension(generated.columns(), reference.columns());
        return FrechetReference.of(reference).distance(generated);
    }

    /**
     * Distance of two sets of which only the moments are known.
     *
     * @throws MetricException if the lengths differ
     */
    public static FrechetDistance between(FeatureMoments generated, FeatureMoments reference) {
        requireSameDimension(generated.dimension(), reference.dimension());
        return FrechetReference.between(generated, reference);
    }

    /** The distance as a score; unscored if a set has fewer than 2 images. */
    public static Score score(String features, FeatureMatrix generated, FeatureMatrix reference) {
        MetricId metric = MetricId.of(NAME, features);
        if (generated.rows() < 2 || reference.rows() < 2) {
            return new Score.Unscored(
                    metric,
                    "fid needs at least 2 images on each side, found " + generated.rows() + " generated and "
                            + reference.rows() + " reference");
        }
        FrechetDistance distance = between(generated, reference);
        return new Score.Scored(
                metric,
                distance.value(),
                Direction.LOWER_IS_BETTER,
                new Score.SampleSize(generated.rows(), reference.rows()),
                Optional.empty(),
                distance.route().toString());
    }

    static void requireSameDimension(int generated, int reference) {
        if (generated != reference) {
            throw new MetricException("fid: expected features of one length, found " + generated + " generated and "
                    + reference + " reference; both sides must come of the same network");
        }
    }
}
