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
            return FrechetReference.of(without(whole, rows, drawn))
                    .distance(drawn)
                    .value();
        });
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
