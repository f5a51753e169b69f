package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.NpzFile;
import dev.touchstone.metrics.metric.numpy.NumpyArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Means and covariances in npz files: {@code mu} {@code [d]} and {@code sigma} {@code [d, d]}, as written by pytorch-fid,
 * TTUR and clean-fid (whose mu is float32) and beside images by guided-diffusion. What the Touchstone writes, pytorch-fid
 * reads.
 */
public final class StatisticsFile {

    private StatisticsFile() {}

    /**
     * Reads statistics. No such file says how many images it comes of.
     *
     * @throws MetricException if {@code mu} or {@code sigma} is missing, or their shapes do not fit
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
            return new FeatureMoments(OptionalLong.empty(), mu.values(), new Matrix(d, d, sigma.values()));
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
