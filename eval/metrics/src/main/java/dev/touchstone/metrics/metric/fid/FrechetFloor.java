package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.List;
import java.util.OptionalLong;

/**
 * The noise floor of FID, which is also its bias: what sets of one source are apart because the run's is small. The moments of
 * the whole set are summed once, and those of the drawn images are taken off.
 */
public final class FrechetFloor {

    private FrechetFloor() {}

    /**
     * @param set rows of one set, in a stable order
     * @param draws of that set, at least one
     * @throws MetricException if a draw has fewer than 2 images
     */
    public static NoiseFloor measure(Rows set, List<FloorDesign.Draw> draws) {
        int drawnRows = draws.get(0).rows().length;
        if (drawnRows < 2) {
            throw new MetricException("fid: expected at least 2 images for a noise floor, found " + drawnRows);
        }
        int rows = set.rows();
        if (rows <= 4 * set.columns()) {
            return NoiseFloor.measure(
                    rows,
                    draws,
                    draw -> FrechetReference.of(set.select(draw.rest(rows)))
                            .distance(set.select(draw.rows()))
                            .value());
        }
        FeatureMoments whole = FeatureMoments.of(set);
        return NoiseFloor.measure(rows, draws, draw -> {
            Rows drawn = set.select(draw.rows());
            if (drawn.rows() <= drawn.columns()) {
                return distance(whole, rows, drawn.matrix());
            }
            return FrechetReference.of(without(whole, rows, drawn))
                    .distance(drawn)
                    .value();
        });
    }

    /**
     * The distance of a few rows from the rest of their set. With {@code R} the centred rows over the root of n - 1, the cross term
     * is the sum of the roots of the eigenvalues of {@code R S R'}, S the covariance of the rest, a matrix of n by n that follows
     * from {@code R S R'} of the whole set: nothing of the rest is factored. Roots of rounding make it too large by some 1e-8 of
     * the largest at most.
     */
    private static double distance(FeatureMoments whole, int rows, Matrix drawn) {
        int n = drawn.rows();
        int d = whole.dimension();
        double rest = rows - (double) n;
        double[] deviations = drawn.values().clone();
        double[] sum = new double[d];
        double gram = 0;
        for (int at = 0; at < deviations.length; at++) {
            deviations[at] -= whole.mean()[at % d];
            sum[at % d] += deviations[at];
            gram += deviations[at] * deviations[at];
        }
        double scale = 1 / Math.sqrt(n - 1.0);
        double[] centred = new double[deviations.length];
        double drawnTrace = 0;
        double squares = 0;
        for (int at = 0; at < centred.length; at++) {
            centred[at] = (deviations[at] - sum[at % d] / n) * scale;
            drawnTrace += centred[at] * centred[at];
        }
        for (double one : sum) {
            squares += one * one;
        }
        Matrix r = new Matrix(n, d, centred);
        double[] cross = LinearAlgebra.productTransposed(LinearAlgebra.product(r, whole.covariance()), r)
                .values();
        Matrix toDrawn = LinearAlgebra.productTransposed(r, new Matrix(n, d, deviations));
        double[] ofDrawn = LinearAlgebra.productTransposed(toDrawn, toDrawn).values();
        double[] toSum = LinearAlgebra.product(r, new Matrix(d, 1, sum)).values();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int at = i * n + j;
                cross[at] = (cross[at] * (rows - 1) - ofDrawn[at] - toSum[i] * toSum[j] / rest) / (rest - 1);
            }
        }
        double crossTerm = 0;
        for (double eigenvalue : LinearAlgebra.eigenvalues(new Matrix(n, n, cross))) {
            crossTerm += Math.sqrt(Math.max(eigenvalue, 0));
        }
        double restTrace = (whole.covariance().trace() * (rows - 1) - gram - squares / rest) / (rest - 1);
        double apart = 1 / rest + 1.0 / n;
        return squares * apart * apart + restTrace + drawnTrace - 2 * crossTerm;
    }

    /** Moments of a set less some of its rows. */
    static FeatureMoments without(FeatureMoments whole, int rows, Rows drawn) {
        int d = whole.dimension();
        Matrix deviations = drawn.matrix();
        if (deviations == drawn) {
            deviations = new Matrix(drawn.rows(), d, deviations.values().clone());
        }
        double[] values = deviations.values();
        double[] sum = new double[d];
        for (int at = 0; at < values.length; at++) {
            values[at] -= whole.mean()[at % d];
            sum[at % d] += values[at];
        }
        double[] gram = new double[d * d];
        LinearAlgebra.addGram(deviations, gram);
        double rest = rows - (double) drawn.rows();
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            mean[i] = whole.mean()[i] - sum[i] / rest;
            for (int j = 0; j <= i; j++) {
                double scatter = whole.covariance().value(i, j) * (rows - 1) - gram[i * d + j] - sum[i] * sum[j] / rest;
                covariance[i * d + j] = scatter / (rest - 1);
                covariance[j * d + i] = covariance[i * d + j];
            }
        }
        return new FeatureMoments(OptionalLong.of((long) rest), mean, new Matrix(d, d, covariance));
    }
}
