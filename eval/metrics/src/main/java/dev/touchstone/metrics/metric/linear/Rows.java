package dev.touchstone.metrics.metric.linear;

import dev.touchstone.metrics.feature.FeatureMatrix;

/** Rows of numbers that are handed out in double block by block, so that a large set of floats is never widened as a whole. */
public interface Rows {

    /** n, at least 0. */
    int rows();

    /** d, at least 1. */
    int columns();

    /** Writes the rows {@code [from, from + count)} to the head of an array, row-major {@code [count, d]}. */
    void read(int from, int count, double[] into);

    /** The rows of these indices, in this order. */
    Rows select(int[] indices);

    /** The rows {@code [from, from + count)} as a matrix of their own. */
    default Matrix block(int from, int count) {
        double[] values = new double[Math.multiplyExact(count, columns())];
        read(from, count, values);
        return new Matrix(count, columns(), values);
    }

    /** All rows as one matrix: for small sets. */
    default Matrix matrix() {
        return block(0, rows());
    }

    /** The squared length of each row. */
    default double[] squaredLengths() {
        double[] lengths = new double[rows()];
        double[] row = new double[columns()];
        for (int i = 0; i < lengths.length; i++) {
            read(i, 1, row);
            for (double value : row) {
                lengths[i] += value * value;
            }
        }
        return lengths;
    }

    /** Features, widened as they are read. */
    static Rows of(FeatureMatrix features) {
        return new FeatureRows(features);
    }
}
