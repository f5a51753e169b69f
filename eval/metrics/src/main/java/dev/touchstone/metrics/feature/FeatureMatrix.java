package dev.touchstone.metrics.feature;

/**
 * Features of n images, one row per image.
 *
 * @param rows n, at least 0
 * @param columns d, at least 1
 * @param values row-major {@code [n, d]}. Not copied: whoever hands the array over stops writing to it
 */
public record FeatureMatrix(int rows, int columns, float[] values) {

    /** @throws IllegalArgumentException if the shape is impossible or the array's length does not fit */
    public FeatureMatrix {
        if (rows < 0 || columns < 1 || values.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException("features: expected rows >= 0, columns >= 1 and rows x columns values,"
                    + " found " + rows + " x " + columns + " with " + values.length + " values");
        }
    }

    /** One feature of one image. */
    public float value(int row, int column) {
        return values[row * columns + column];
    }
}
