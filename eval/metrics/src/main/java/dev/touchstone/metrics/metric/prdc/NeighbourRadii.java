package dev.touchstone.metrics.metric.prdc;

import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;

/** The distance of each row to its k-th neighbour in the same set: only the k nearest of each row are held. */
final class NeighbourRadii {

    private final int k;
    /** The k smallest squared distances of each row so far, ascending, {@code [n, k]}. */
    private final double[] nearest;

    NeighbourRadii(Rows set, double[] squaredLengths, int k) {
        this.k = k;
        nearest = new double[Math.multiplyExact(set.rows(), k)];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        RowProducts.within(set, (fromX, rows, fromY, columns, products) -> {
            for (int i = 0; i < rows; i++) {
                int x = fromX + i;
                for (int j = fromX == fromY ? i + 1 : 0; j < columns; j++) {
                    int y = fromY + j;
                    double distance = PrecisionRecallDensityCoverage.squaredDistance(
                            squaredLengths[x] + squaredLengths[y], products[i * columns + j]);
                    add(x, distance);
                    add(y, distance);
                }
            }
        });
    }

    /** Squared, one per row. */
    double[] squared() {
        double[] radii = new double[nearest.length / k];
        for (int row = 0; row < radii.length; row++) {
            radii[row] = nearest[(row + 1) * k - 1];
        }
        return radii;
    }

    private void add(int row, double distance) {
        int place = (row + 1) * k - 1;
        if (!(distance < nearest[place])) {
            return;
        }
        while (place > row * k && nearest[place - 1] > distance) {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = distance;
    }
}
