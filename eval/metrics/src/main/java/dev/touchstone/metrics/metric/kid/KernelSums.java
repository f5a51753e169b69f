package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.linear.RowProducts;
import dev.touchstone.metrics.metric.linear.Rows;

/**
 * What the kernels of a set with itself come to: all that KID needs to know of a reference whose images are independent.
 *
 * @param rows sum of each row's kernels with all other rows. Not copied
 * @param total of all ordered pairs of two rows
 */
record KernelSums(double[] rows, double total) {

    static KernelSums of(Rows set) {
        CubicKernel kernel = new CubicKernel(set.columns());
        double[] sums = new double[set.rows()];
        RowProducts.within(set, (fromX, height, fromY, width, products) -> {
            for (int i = 0; i < height; i++) {
                for (int j = fromX == fromY ? i + 1 : 0; j < width; j++) {
                    double value = kernel.of(products[i * width + j]);
                    sums[fromX + i] += value;
                    sums[fromY + j] += value;
                }
            }
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return new KernelSums(sums, total);
    }
}
