package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.onnx.OnnxGraph;

/**
 * Activations of the two images of a pair, generated first.
 *
 * @param height at least 1
 * @param width at least 1
 * @param channels at least 1
 * @param images two arrays that begin with {@code [height, width, channels]}; they may be longer, and are written to
 */
public record PairMaps(int height, int width, int channels, float[][] images) {

    /** Floats of one image. */
    static int size(int height, int width, int channels) {
        try {
            return Math.multiplyExact(Math.multiplyExact(height, width), channels);
        } catch (ArithmeticException e) {
            throw new WeightsException(
                    "lpips: expected images whose widest layer has fewer than 2^31 values, found " + width + " x "
                            + height + " x " + channels + "; make them smaller",
                    e);
        }
    }

    /** The largest values of windows; one that is cut off counts with {@link OnnxGraph.Rounding#UP} only. */
    public PairMaps pooled(int kernel, int stride, OnnxGraph.Rounding rounding, PairScratch scratch) {
        PairMaps to = scratch.next(
                pooledSide(height, kernel, stride, rounding), pooledSide(width, kernel, stride, rounding), channels);
        int line = width * channels;
        float[][] lines = scratch.lines(0, 2, line);
        float[][] windows = scratch.lines(1, 2, channels);
        for (int image = 0; image < 2; image++) {
            for (int y = 0; y < to.height; y++) {
                int first = y * stride * line;
                float[] row = largest(images[image], first, line, Math.min(kernel, height - y * stride), lines, line);
                for (int x = 0; x < to.width; x++) {
                    int columns = Math.min(kernel, width - x * stride);
                    float[] window = largest(row, x * stride * channels, channels, columns, windows, channels);
                    System.arraycopy(window, 0, to.images[image], (y * to.width + x) * channels, channels);
                }
            }
        }
        return to;
    }

    /** The largest of lines that lie {@code step} apart, in the first of two arrays. */
    private static float[] largest(float[] from, int first, int step, int count, float[][] lines, int length) {
        System.arraycopy(from, first, lines[0], 0, length);
        for (int k = 1; k < count; k++) {
            System.arraycopy(from, first + k * step, lines[1], 0, length);
            Lines.maximum(lines[1], lines[0], length);
        }
        return lines[0];
    }

    private static int pooledSide(int side, int kernel, int stride, OnnxGraph.Rounding rounding) {
        int rest = side - kernel + (rounding == OnnxGraph.Rounding.UP ? stride - 1 : 0);
        return rest / stride + 1;
    }
}
