package dev.touchstone.metrics.metric.linear;

import dev.touchstone.metrics.feature.FeatureMatrix;

/**
 * A dense double matrix.
 *
 * @param rows at least 0
 * @param columns at least 1
 * @param values row-major {@code [rows, columns]}. Not copied: whoever hands the array over stops writing to it
 */
public record Matrix(int rows, int columns, double[] values) implements Rows {

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
        return Rows.of(features).matrix();
    }

    public double value(int row, int column) {
        return values[row * columns + column];
    }

    @Override
    public void read(int from, int count, double[] into) {
        System.arraycopy(values, from * columns, into, 0, count * columns);
    }

    @Override
    public Matrix matrix() {
        return this;
    }

    @Override
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
