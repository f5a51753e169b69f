package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;

/** Test inputs that NumPy can make too. */
public final class Samples {

    private Samples() {}

    /** {@code random.randn(rows, columns) * scale + shift}. */
    public static Matrix gaussian(RandomState random, int rows, int columns, double scale, double shift) {
        double[] values = random.gaussians(rows * columns);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] * scale + shift;
        }
        return new Matrix(rows, columns, values);
    }

    public static Matrix gaussian(RandomState random, int rows, int columns) {
        return gaussian(random, rows, columns, 1, 0);
    }

    /** Rows scaled to length 1. */
    public static Matrix normalised(Matrix matrix) {
        double[] values = matrix.values().clone();
        for (int row = 0; row < matrix.rows(); row++) {
            double squares = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                squares += matrix.value(row, j) * matrix.value(row, j);
            }
            for (int j = 0; j < matrix.columns(); j++) {
                values[row * matrix.columns() + j] /= Math.sqrt(squares);
            }
        }
        return new Matrix(matrix.rows(), matrix.columns(), values);
    }
}
