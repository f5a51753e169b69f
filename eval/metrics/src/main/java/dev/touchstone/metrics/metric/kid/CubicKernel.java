package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.linear.LinearAlgebra;
import dev.touchstone.metrics.metric.linear.Matrix;

/** The kernel of KID, {@code k(x, y) = (x'y / d + 1)^3}, of features of length d. */
final class CubicKernel {

    private final double gamma;

    CubicKernel(int dimension) {
        gamma = 1.0 / dimension;
    }

    /** Of one inner product. */
    double of(double product) {
        double base = product * gamma + 1;
        return base * base * base;
    }

    /** All kernels of two small sets, {@code [x.rows, y.rows]}. */
    static Matrix of(Matrix x, Matrix y) {
        CubicKernel kernel = new CubicKernel(x.columns());
        Matrix product = LinearAlgebra.productTransposed(x, y);
        double[] values = product.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = kernel.of(values[i]);
        }
        return product;
    }
}
