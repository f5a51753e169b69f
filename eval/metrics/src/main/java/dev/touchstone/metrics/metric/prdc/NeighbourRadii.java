package dev.touchstone.metrics.metric.prdc;

import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Arrays;

/** The distance of each row to its k-th neighbour in the same set: only the nearest few of each row are held. */
final class NeighbourRadii {

    /** Held beyond k, for neighbours whose order is in doubt until their distances are taken exactly. */
    private static final int SPARE = 4;

    private final Rows set;
    private final double[] squaredLengths;
    private final int k;
    private final int held;
    /** The smallest squared distances by products of each row so far, ascending, {@code [n, held]}, and whose they are. */
    private final double[] nearest;

    private final int[] whose;

    NeighbourRadii(Rows set, double[] squaredLengths, int k) {
        this.set = set;
        this.squaredLengths = squaredLengths;
        this.k = k;
        held = Math.min(k + SPARE, set.rows() - 1);
        nearest = new double[Math.multiplyExact(set.rows(), held)];
        whose = new int[nearest.length];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        RowProducts.within(set, (fromX, rows, fromY, columns, products) -> {
            for (int i = 0; i < rows; i++) {
                int x = fromX + i;
                for (int j = fromX == fromY ? i + 1 : 0; j < columns; j++) {
                    int y = fromY + j;
                    double distance = squaredLengths[x] + squaredLengths[y] - 2 * products[i * columns + j];
                    add(x, y, distance);
                    add(y, x, distance);
                }
            }
        });
    }

    /** Squared and exact, one per row. */
    double[] squared() {
        SquaredDistances distances = new SquaredDistances(set, set);
        double longest = Arrays.stream(squaredLengths).max().orElse(0);
        double[] radii = new double[set.rows()];
        double[] exact = new double[held];
        for (int row = 0; row < radii.length; row++) {
            for (int place = 0; place < held; place++) {
                exact[place] = distances.exact(row, whose[row * held + place]);
            }
            Arrays.sort(exact);
            double radius = exact[k - 1];
            double doubt = SquaredDistances.uncertainty(set.columns()) * (squaredLengths[row] + longest);
            boolean allHeld = held == set.rows() - 1;
            radii[row] = allHeld || radius <= Math.max(0, nearest[(row + 1) * held - 1] - doubt)
                    ? radius
                    : amongAll(distances, row);
        }
        return radii;
    }

    /** Where more neighbours than are held are equally far within doubt. */
    private double amongAll(SquaredDistances distances, int row) {
        double[] all = new double[set.rows() - 1];
        for (int other = 0; other < set.rows(); other++) {
            if (other != row) {
                all[other < row ? other : other - 1] = distances.exact(row, other);
            }
        }
        Arrays.sort(all);
        return all[k - 1];
    }

    private void add(int row, int other, double distance) {
        int place = (row + 1) * held - 1;
        if (!(distance < nearest[place])) {
            return;
        }
        while (place > row * held && nearest[place - 1] > distance) {
            nearest[place] = nearest[place - 1];
            whose[place] = whose[place - 1];
            place--;
        }
        nearest[place] = distance;
        whose[place] = other;
    }
}
