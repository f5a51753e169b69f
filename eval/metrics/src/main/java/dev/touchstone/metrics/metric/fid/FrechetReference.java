package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.fid.FrechetDistance.Route;
import dev.touchstone.metrics.metric.linear.Factor;
import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;

/** One side of many distances: its factor is computed once. */
final class FrechetReference {

    private final double[] mean;
    private final double trace;
    private final boolean fullRank;
    private final Factor factor;

    private FrechetReference(double[] mean, double trace, boolean fullRank, Factor factor) {
        this.mean = mean;
        this.trace = trace;
        this.fullRank = fullRank;
        this.factor = factor;
    }

    /** Of rows: where there are no more of them than columns, they are their own factor. */
    static FrechetReference of(Rows rows) {
        if (rows.rows() <= rows.columns()) {
            CentredRows centred = CentredRows.of(rows);
            return new FrechetReference(
                    centred.mean(),
                    centred.scaled().squaredNorm(),
                    false,
                    Factor.known(centred.scaled().transposed()));
        }
        return of(FeatureMoments.of(rows));
    }

    static FrechetReference of(FeatureMoments moments) {
        return new FrechetReference(
                moments.mean(), moments.covariance().trace(), true, Factor.of(moments.covariance()));
    }

    /** Distance of rows. */
    FrechetDistance distance(Rows rows) {
        if (rows.rows() <= rows.columns()) {
            CentredRows centred = CentredRows.of(rows);
            return nuclear(centred.mean(), centred.scaled().squaredNorm(), centred.scaled());
        }
        FeatureMoments moments = FeatureMoments.of(rows);
        if (fullRank) {
            return distance(moments);
        }
        Matrix covariance = moments.covariance();
        return nuclear(
                moments.mean(),
                covariance.trace(),
                Factor.of(covariance).matrix().transposed());
    }

    /** @param rows {@code R} with {@code R' R} the covariance */
    private FrechetDistance nuclear(double[] otherMean, double otherTrace, Matrix rows) {
        return FrechetDistance.of(
                squaredDistance(otherMean),
                otherTrace + trace,
                LinearAlgebra.nuclearNorm(LinearAlgebra.product(rows, factor.matrix())),
                Route.NUCLEAR_NORM);
    }

    /** Distance of moments. */
    FrechetDistance distance(FeatureMoments moments) {
        double crossTerm = 0;
        for (double eigenvalue : factor.congruentEigenvalues(moments.covariance())) {
            crossTerm += Math.sqrt(Math.max(eigenvalue, 0));
        }
        return FrechetDistance.of(
                squaredDistance(moments.mean()),
                moments.covariance().trace() + trace,
                crossTerm,
                Route.SYMMETRIC_EIGENVALUES);
    }

    private double squaredDistance(double[] other) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += (mean[i] - other[i]) * (mean[i] - other[i]);
        }
        return sum;
    }
}
