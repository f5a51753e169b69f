package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.List;

/**
 * The noise floor of the prompt-wise KID. The kernels of the whole set are summed once; a draw needs only those among its own
 * images, because sums over the rest follow by subtraction. Work: {@code rows^2 d + draws n^2 d} multiplications.
 */
public final class KernelFloor {

    private KernelFloor() {}

    /**
     * @param set rows of one set, in a stable order
     * @param draws of that set, at least one
     * @throws MetricException if a draw has fewer than 2 prompts
     */
    public static NoiseFloor measure(Rows set, List<FloorDesign.Draw> draws) {
        return measure(set, KernelSums.of(set), draws);
    }

    /** @param sums of the set */
    static NoiseFloor measure(Rows set, KernelSums sums, List<FloorDesign.Draw> draws) {
        if (draws.get(0).promptCount() < 2) {
            throw new MetricException("kid: expected at least 2 prompts for a noise floor, found 1");
        }
        int rows = set.rows();
        return NoiseFloor.measure(rows, draws, draw -> distance(set, sums.rows(), sums.total(), draw));
    }

    private static double distance(Rows set, double[] rowSums, double total, FloorDesign.Draw draw) {
        int n = draw.rows().length;
        Matrix drawn = set.select(draw.rows()).matrix();
        Matrix kernels = CubicKernel.of(drawn, drawn);
        double among = 0;
        double apart = 0;
        long pairs = 0;
        double toAll = 0;
        for (int i = 0; i < n; i++) {
            toAll += rowSums[draw.rows()[i]];
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    among += kernels.value(i, j);
                    if (draw.prompts()[i] != draw.prompts()[j]) {
                        apart += kernels.value(i, j);
                        pairs++;
                    }
                }
            }
        }
        double rest = set.rows() - (double) n;
        double within = total - 2 * toAll + among;
        double cross = toAll - among;
        return apart / pairs + within / (rest * (rest - 1)) - 2 * cross / (n * rest);
    }
}
