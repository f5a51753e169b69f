package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.fid.FrechetDistance.Route;
import dev.touchstone.metrics.metric.linear.Factor;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One side of many distances: its factor is computed once. */
final class FrechetReference {

    private final double[] mean;
    private final Route route;
    private final Factor factor;

    private FrechetReference(double[] mean, Route route, Factor factor) {
        this.mean = mean;
        this.route = route;
        this.factor = factor;
    }

    /** Of rows: where there are no more of them than columns, they are their own factor. */
    static FrechetReference of(Rows rows) {
        if (rows.rows() <= rows.columns()) {
            CentredRows centred = CentredRows.of(rows);
            return new FrechetReference(centred.mean(), Route.NUCLEAR_NORM, Factor.ofRows(centred.scaled()));
        }
        return of(FeatureMoments.of(rows));
    }

    /** Distance of moments, whose two factors are computed side by side. */
    static FrechetDistance between(FeatureMoments generated, FeatureMoments reference) {
        return LinearAlgebra.withOneThread(() -> {
            CompletableFuture<FrechetReference> other = CompletableFuture.supplyAsync(() -> of(generated));
            FrechetReference against = of(reference);
            try {
                return against.distance(other.join());
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        });
    }

    /** @throws dev.touchstone.metrics.metric.MetricException if the covariance is none */
    static FrechetReference of(FeatureMoments moments) {
        return new FrechetReference(moments.mean(), Route.SINGULAR_VALUES, moments.factor());
    }

    /** Distance of rows. */
    FrechetDistance distance(Rows generated) {
        return distance(of(generated));
    }

    /** Distance of moments. */
    FrechetDistance distance(FeatureMoments generated) {
        return distance(of(generated));
    }

    private FrechetDistance distance(FrechetReference generated) {
        return FrechetDistance.of(
                squaredDistance(generated.mean),
                generated.factor.trace(),
                factor.trace(),
                Arrays.stream(generated.factor.crossSingularValues(factor)).sum(),
                mean.length,
                generated.route == Route.NUCLEAR_NORM ? generated.route : route);
    }

    private double squaredDistance(double[] other) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += (mean[i] - other[i]) * (mean[i] - other[i]);
        }
        return sum;
    }
}
