package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.NpzFile;
import dev.touchstone.metrics.metric.numpy.NumpyArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Means and covariances in npz files: {@code mu} {@code [d]} and {@code sigma} {@code [d, d]}, as written by pytorch-fid,
 * TTUR and clean-fid (whose mu is float32) and beside images by guided-diffusion. What the Touchstone writes, pytorch-fid
 * reads.
 */
public final class StatisticsFile {

    /** Squares of larger values would not be doubles. */
    private static final double LARGEST = 1e150;

    /** Rows and columns that are compared at a time: two such squares stay in a core's cache. */
    private static final int TILE = 64;

    private StatisticsFile() {}

    /**
     * Reads statistics. No such file says how many images it comes of.
     *
     * @throws MetricException if {@code mu} or {@code sigma} is missing, their shapes do not fit, a value is not finite or above
     *     {@value #LARGEST}, or sigma is not symmetric
     */
    public static FeatureMoments read(Path file) {
        try (NpzFile npz = NpzFile.open(file)) {
            NumpyArray mu = npz.require("mu");
            NumpyArray sigma = npz.require("sigma");
            if (mu.shape().size() != 1
                    || mu.values().length == 0
                    || !sigma.shape().equals(List.of(mu.values().length, mu.values().length))) {
                throw new MetricException(file + ": expected mu of [d] and sigma of [d, d], found " + mu.shape()
                        + " and " + sigma.shape());
            }
            int d = mu.values().length;
            requireMagnitudes(file, "mu", mu);
            requireMagnitudes(file, "sigma", sigma);
            Matrix covariance = new Matrix(d, d, sigma.values());
            requireSymmetric(file, covariance);
            return new FeatureMoments(file.toString(), OptionalLong.empty(), mu.values(), covariance);
        }
    }

    private static void requireMagnitudes(Path file, String name, NumpyArray array) {
        double[] values = array.values();
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i]) <= LARGEST)) {
                int columns = array.shape().get(array.shape().size() - 1);
                String place = array.shape().size() == 1 ? "" + i : i / columns + ", " + i % columns;
                throw new MetricException(file + ": expected finite values of at most " + LARGEST + ", found "
                        + values[i] + " (" + name + "[" + place + "])");
            }
        }
    }

    /** Halves may differ by d units in the last place of the largest variance, of a float where all values are floats. */
    private static void requireSymmetric(Path file, Matrix sigma) {
        int d = sigma.rows();
        double worst = 0;
        int row = 0;
        int column = 0;
        double largest = 0;
        boolean floats = true;
        for (int top = 0; top < d; top += TILE) {
            for (int left = 0; left <= top; left += TILE) {
                for (int i = top; i < Math.min(top + TILE, d); i++) {
                    for (int j = left; j < Math.min(left + TILE, i + 1); j++) {
                        double value = sigma.value(i, j);
                        double difference = Math.abs(value - sigma.value(j, i));
                        floats &= (float) value == value;
                        if (difference > worst) {
                            worst = difference;
                            row = i;
                            column = j;
                        }
                    }
                }
            }
        }
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, Math.abs(sigma.value(i, i)));
        }
        if (worst > d * (floats ? Math.ulp(1f) : Math.ulp(1.0)) * largest) {
            throw new MetricException(String.format(
                    Locale.ROOT,
                    "%s: expected a symmetric sigma, found halves that differ by up to %.6g (sigma[%d, %d] and [%d, %d]; the largest"
                            + " variance is %.6g); is it the covariance (numpy.cov) of the features?",
                    file,
                    worst,
                    row,
                    column,
                    column,
                    row,
                    largest));
        }
    }

    /** Writes statistics as pytorch-fid's {@code --save-stats} does. */
    public static void write(Path file, FeatureMoments moments) {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("mu", new NumpyArray(List.of(moments.dimension()), moments.mean()));
        arrays.put(
                "sigma",
                new NumpyArray(
                        List.of(moments.dimension(), moments.dimension()),
                        moments.covariance().values()));
        NpzFile.write(file, arrays);
    }
}
