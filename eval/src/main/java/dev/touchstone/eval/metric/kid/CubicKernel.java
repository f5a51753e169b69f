package dev.touchstone.eval.metric.kid;

import dev.touchstone.eval.metric.linear.LinearAlgebra;
import dev.touchstone.eval.metric.linear.Matrix;

/** The kernel of KID, {@code k(x, y) = (x'y / d + 1)^3}. */
final class CubicKernel {

    private CubicKernel() {}

    /** All kernels of two sets, {@code [x.rows, y.rows]}. */
    static Matrix of(Matrix x, Matrix y) {
        Matrix product = LinearAlgebra.productTransposed(x, y);
        double[] values = product.values();
        double gamma = 1.0 / x.columns();
        for (int i = 0; i < values.length; i++) {
            double base = values[i] * gamma + 1;
            values[i] = base * base * base;
        }
        return product;
    }
}
