package dev.touchstone.metrics.metric.prdc;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;

/**
 * Precision and recall (Kynkäänniemi et al. 2019, arXiv 1904.06991), density and coverage (Naeem et al. 2020, arXiv
 * 2002.09797). A radius is the distance to the k-th neighbour in the same set, not counting the point itself. Distances are
 * in double, and where a point lies so near to a rim that rounding would decide, exact: the shares do not depend on the order of
 * images, also where an image is on both sides.
 *
 * @param precision share of generated images inside a ball of a reference image, in [0, 1]
 * @param recall share of reference images inside a ball of a generated image, in [0, 1]
 * @param density balls of reference images around a generated image, over k, in [0, n / k]
 * @param coverage share of reference images whose ball holds a generated image, in [0, 1]
 */
public record PrecisionRecallDensityCoverage(double precision, double recall, double density, double coverage) {

    public static final String NAME = "prdc";

    /** Neighbours in the README of prdc. */
    public static final int NEIGHBOURS = 5;

    /** By prdc's convention, k = 5. */
    public static PrecisionRecallDensityCoverage of(FeatureMatrix generated, FeatureMatrix reference) {
        return of(Rows.of(generated), Rows.of(reference), NEIGHBOURS, Neighbourhood.OPEN);
    }

    /** The harmonic mean of precision and recall; 0 where both are. */
    public double fScore() {
        return 2 * precision * recall / Math.max(1e-5, precision + recall);
    }

    /**
     * The four shares.
     *
     * @param k neighbours, at least 1
     * @throws MetricException if lengths differ or a set has at most k images
     */
    public static PrecisionRecallDensityCoverage of(
            Rows generated, Rows reference, int k, Neighbourhood neighbourhood) {
        if (generated.columns() != reference.columns()) {
            throw new MetricException("prdc: expected features of one length, found " + generated.columns()
                    + " generated and " + reference.columns() + " reference; both sides must come of the same network");
        }
        if (k < 1 || Math.min(generated.rows(), reference.rows()) <= k) {
            throw new MetricException("prdc: expected at least " + (k + 1) + " images on each side for " + k
                    + " neighbours, found " + generated.rows() + " generated and " + reference.rows() + " reference");
        }
        double[] generatedLengths = generated.squaredLengths();
        double[] referenceLengths = reference.squaredLengths();
        double[] generatedRadii = new NeighbourRadii(generated, generatedLengths, k).squared();
        double[] referenceRadii = new NeighbourRadii(reference, referenceLengths, k).squared();
        SquaredDistances exact = new SquaredDistances(generated, reference);
        double uncertainty = SquaredDistances.uncertainty(generated.columns());
        int[] balls = new int[generated.rows()];
        boolean[] recalled = new boolean[reference.rows()];
        boolean[] covered = new boolean[reference.rows()];
        RowProducts.between(generated, reference, (fromX, rows, fromY, columns, products) -> {
            for (int i = 0; i < rows; i++) {
                int x = fromX + i;
                for (int j = 0; j < columns; j++) {
                    int y = fromY + j;
                    double lengths = generatedLengths[x] + referenceLengths[y];
                    double distance = lengths - 2 * products[i * columns + j];
                    double doubt = uncertainty * lengths;
                    if (Math.abs(distance - referenceRadii[y]) <= doubt
                            || Math.abs(distance - generatedRadii[x]) <= doubt) {
                        distance = exact.exact(x, y);
                    }
                    if (neighbourhood.holds(distance, referenceRadii[y])) {
                        balls[x]++;
                        covered[y] = true;
                    }
                    recalled[y] |= neighbourhood.holds(distance, generatedRadii[x]);
                }
            }
        });
        long precise = 0;
        long inBalls = 0;
        for (int count : balls) {
            precise += count > 0 ? 1 : 0;
            inBalls += count;
        }
        return new PrecisionRecallDensityCoverage(
                (double) precise / generated.rows(),
                share(recalled),
                (double) inBalls / k / generated.rows(),
                share(covered));
    }

    private static double share(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return (double) count / flags.length;
    }
}
