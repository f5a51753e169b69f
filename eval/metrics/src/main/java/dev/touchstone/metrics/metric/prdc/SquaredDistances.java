package dev.touchstone.metrics.metric.prdc;

import dev.touchstone.metrics.metric.linear.Rows;

/**
 * Squared distances of rows. Those by products ({@code |x|^2 + |y|^2 - 2 x'y}) are fast and differ in their last digits with the place of
 * a row in its set; where that could decide whether a point is inside a ball, {@link #exact} takes the differences one by one, which
 * gives the same number for the same two rows in any order. Not for use by several threads.
 */
final class SquaredDistances {

    private final Rows x;
    private final Rows y;
    private final double[] left;
    private final double[] right;
    private int leftRow = -1;

    SquaredDistances(Rows x, Rows y) {
        this.x = x;
        this.y = y;
        left = new double[x.columns()];
        right = new double[y.columns()];
    }

    /** Of row i of the one set and row j of the other, summed from the first column to the last. */
    double exact(int i, int j) {
        if (leftRow != i) {
            x.read(i, 1, left);
            leftRow = i;
        }
        y.read(j, 1, right);
        double sum = 0;
        for (int column = 0; column < left.length; column++) {
            double difference = left[column] - right[column];
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * How far a distance by products may be off, relative to the sum of the squared lengths: three sums of d products each
     * ({@code d u}, Higham 2002, equation 3.5), and the exact one's own.
     */
    static double uncertainty(int columns) {
        return 2 * (columns + 4) * Math.ulp(1.0);
    }
}
