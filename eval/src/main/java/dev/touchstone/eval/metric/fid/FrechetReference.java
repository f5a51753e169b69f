package dev.touchstone.eval.metric.fid;

import dev.touchstone.eval.metric.fid.FrechetDistance.Route;
import dev.touchstone.eval.metric.linear.LinearAlgebra;
import dev.touchstone.eval.metric.linear.LinearAlgebra.Factor;
import dev.touchstone.eval.metric.linear.Matrix;

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
    static FrechetReference of(Matrix rows) {
        if (rows.rows() <= rows.columns()) {
            CentredRows centred = CentredRows.of(rows);
            return new FrechetReference(
                    centred.mean(),
                    centred.scaled().squaredNorm(),
                    false,
                    new Factor(centred.scaled().transposed(), Factor.Shape.FULL));
        }
        return of(FeatureMoments.of(rows));
    }

    static FrechetReference of(FeatureMoments moments) {
        return new FrechetReference(
                moments.mean(), moments.covariance().trace(), true, LinearAlgebra.factor(moments.covariance()));
    }

    /** Distance of rows. */
    FrechetDistance distance(Matrix rows) {
        if (fullRank && rows.rows() > rows.columns()) {
            return distance(FeatureMoments.of(rows));
        }
        CentredRows centred = CentredRows.of(rows);
        Matrix narrow = centred.scaled();
        if (narrow.rows() > narrow.columns()) {
            narrow = LinearAlgebra.factor(LinearAlgebra.gram(narrow)).matrix().transposed();
        }
        return FrechetDistance.of(
                squaredDistance(centred.mean()),
                centred.scaled().squaredNorm() + trace,
                LinearAlgebra.nuclearNorm(LinearAlgebra.product(narrow, factor.matrix())),
                Route.NUCLEAR_NORM);
    }

    /** Distance of moments. */
    FrechetDistance distance(FeatureMoments moments) {
        double crossTerm = 0;
        for (double eigenvalue : LinearAlgebra.congruentEigenvalues(moments.covariance(), factor)) {
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
