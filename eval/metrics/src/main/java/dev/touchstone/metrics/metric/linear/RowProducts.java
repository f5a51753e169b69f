package dev.touchstone.metrics.metric.linear;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import org.bytedeco.javacpp.DoublePointer;

/**
 * Inner products of all rows of one set with all rows of another, tile by tile: what is held beside the sets does not
 * grow with them (about 60 MB at 2048 columns, most of it outside the heap).
 */
public final class RowProducts {

    /** Rows of a side of a tile: large enough for the product to be at the machine's rate. */
    static final int TILE = 1024;

    private RowProducts() {}

    /** Takes a tile. */
    public interface Visitor {

        /**
         * Takes {@code products[i * columns + j] = x[fromX + i]' y[fromY + j]}.
         *
         * @param products row-major {@code [rows, columns]} at the head of an array that is written again for the next tile
         */
        void tile(int fromX, int rows, int fromY, int columns, double[] products);
    }

    /** All tiles, row by row of tiles. */
    public static void between(Rows x, Rows y, Visitor visitor) {
        each(x, y, false, visitor);
    }

    /**
     * The tiles on and above the diagonal of a set with itself. A tile above it stands for its mirror image too; one on it,
     * where {@code fromX == fromY}, is whole.
     */
    public static void within(Rows x, Visitor visitor) {
        each(x, x, true, visitor);
    }

    private static void each(Rows x, Rows y, boolean upper, Visitor visitor) {
        if (x.columns() != y.columns()) {
            throw new IllegalArgumentException(
                    "products: expected rows of one length, found " + x.columns() + " and " + y.columns());
        }
        OpenBlas.require();
        int d = x.columns();
        int tallest = Math.min(TILE, x.rows());
        int widest = Math.min(TILE, y.rows());
        double[] widened = new double[Math.max(tallest, widest) * d];
        double[] products = new double[tallest * widest];
        // In native memory: arrays would be copied there and back by each product.
        try (DoublePointer left = new DoublePointer((long) tallest * d);
                DoublePointer right = new DoublePointer((long) widest * d);
                DoublePointer product = new DoublePointer((long) tallest * widest)) {
            for (int fromX = 0; fromX < x.rows(); fromX += TILE) {
                int rows = Math.min(TILE, x.rows() - fromX);
                x.read(fromX, rows, widened);
                left.put(widened, 0, rows * d);
                for (int fromY = upper ? fromX : 0; fromY < y.rows(); fromY += TILE) {
                    int columns = Math.min(TILE, y.rows() - fromY);
                    y.read(fromY, columns, widened);
                    right.put(widened, 0, columns * d);
                    cblas_dgemm(
                            CblasRowMajor,
                            CblasNoTrans,
                            CblasTrans,
                            rows,
                            columns,
                            d,
                            1,
                            left,
                            d,
                            right,
                            d,
                            0,
                            product,
                            columns);
                    product.get(products, 0, rows * columns);
                    visitor.tile(fromX, rows, fromY, columns, products);
                }
            }
        }
    }
}
