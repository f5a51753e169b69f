package dev.touchstone.eval.metric.linear;

import dev.touchstone.eval.feature.FeatureMatrix;

/**
 * A dense double matrix.
 *
 * @param rows at least 0
 * @param columns at least 1
 * @param values row-major {@code [rows, columns]}. Not copied: whoever hands the array over stops writing to it
 */
public record Matrix(int rows, int columns, double[] values) {

    /** @throws IllegalArgumentException if the shape is impossible or the array's length does not fit */
    public Matrix {
        if (rows < 0 || columns < 1 || values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    "matrix: expected rows >= 0, columns >= 1 and rows x columns values, found " + rows + " x "
                            + columns + " with " + values.length + " values");
        }
    }

    /** The features, widened. */
    public static Matrix of(FeatureMatrix features) {
        double[] values = new double[features.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = features.values()[i];
        }
        return new Matrix(features.rows(), features.columns(), values);
    }

    /** The rows of these indices of features, in this order, widened. */
    public static Matrix of(FeatureMatrix features, int[] indices) {
        int columns = features.columns();
        double[] values = new double[Math.multiplyExact(indices.length, columns)];
        for (int i = 0; i < indices.length; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = features.values()[indices[i] * columns + j];
            }
        }
        return new Matrix(indices.length, columns, values);
    }

    public double value(int row, int column) {
        return values[row * columns + column];
    }

    /** The rows of these indices, in this order. */
    public Matrix select(int[] indices) {
        double[] selected = new double[indices.length * columns];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * columns, selected, i * columns, columns);
        }
        return new Matrix(indices.length, columns, selected);
    }

    public Matrix transposed() {
        double[] transposed = new double[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = values[i * columns + j];
            }
        }
        return new Matrix(columns, rows, transposed);
    }

    /** Sum of squares of all entries. */
    public double squaredNorm() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    /** Sum of the diagonal. */
    public double trace() {
        double sum = 0;
        for (int i = 0; i < Math.min(rows, columns); i++) {
            sum += values[i * columns + i];
        }
        return sum;
    }
}
