package dev.touchstone.metrics.image;

/**
 * Resizes as Pillow does ({@code src/libImaging/Resample.c}): horizontally, then vertically; a pass whose size does not
 * change is skipped. Floats are summed in double and stored as float between the passes (Pillow's mode F), bytes are
 * rounded between the passes (Pillow's RGB); both to the bit.
 */
public final class PillowResize {

    static final int PRECISION_BITS = 22;

    private PillowResize() {}

    /** Float planes of the wanted size; values may leave [0, 255] where the filter overshoots. */
    public static PlanarImage floats(RgbImage image, ResampleFilter filter, int width, int height) {
        PlanarImage planes = PlanarImage.of(image);
        if (width != planes.widthPixels()) {
            planes = horizontal(planes, filter.weights(planes.widthPixels(), width));
        }
        if (height != planes.heightPixels()) {
            planes = vertical(planes, filter.weights(planes.heightPixels(), height));
        }
        return planes;
    }

    private static PlanarImage horizontal(PlanarImage in, ResampleWeights weights) {
        int width = weights.size();
        int rows = 3 * in.heightPixels();
        float[] out = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            int source = row * in.widthPixels();
            for (int x = 0; x < width; x++) {
                double[] taps = weights.weights()[x];
                int from = source + weights.first()[x];
                double sum = 0;
                for (int k = 0; k < taps.length; k++) {
                    sum += in.values()[from + k] * taps[k];
                }
                out[row * width + x] = (float) sum;
            }
        }
        return new PlanarImage(width, in.heightPixels(), out);
    }

    private static PlanarImage vertical(PlanarImage in, ResampleWeights weights) {
        int width = in.widthPixels();
        int height = weights.size();
        float[] out = new float[3 * width * height];
        double[] sums = new double[width];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                java.util.Arrays.fill(sums, 0);
                double[] taps = weights.weights()[y];
                for (int k = 0; k < taps.length; k++) {
                    int from = (channel * in.heightPixels() + weights.first()[y] + k) * width;
                    double tap = taps[k];
                    for (int x = 0; x < width; x++) {
                        sums[x] += in.values()[from + x] * tap;
                    }
                }
                int to = (channel * height + y) * width;
                for (int x = 0; x < width; x++) {
                    out[to + x] = (float) sums[x];
                }
            }
        }
        return new PlanarImage(width, height, out);
    }

    /** An 8-bit image of the wanted size. */
    public static RgbImage bytes(RgbImage image, ResampleFilter filter, int width, int height) {
        RgbImage resized = image;
        if (width != resized.widthPixels()) {
            ResampleWeights weights = filter.weights(resized.widthPixels(), width);
            resized = bytePass(resized, weights, width, resized.heightPixels(), 3, 0);
        }
        if (height != resized.heightPixels()) {
            ResampleWeights weights = filter.weights(resized.heightPixels(), height);
            resized = bytePass(resized, weights, width, height, 3 * width, 1);
        }
        return resized;
    }

    /** One pass along axis 0 (x) or 1 (y); {@code step} is the distance of neighbours along it. */
    private static RgbImage bytePass(RgbImage in, ResampleWeights weights, int width, int height, int step, int axis) {
        int[][] fixed = weights.fixedPoint();
        byte[] out = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int index = axis == 0 ? x : y;
                int sourceX = axis == 0 ? weights.first()[x] : x;
                int sourceY = axis == 0 ? y : weights.first()[y];
                int from = (sourceY * in.widthPixels() + sourceX) * 3;
                for (int channel = 0; channel < 3; channel++) {
                    int sum = 1 << PRECISION_BITS - 1;
                    for (int k = 0; k < fixed[index].length; k++) {
                        sum += (in.rgb()[from + channel + k * step] & 0xff) * fixed[index][k];
                    }
                    out[(y * width + x) * 3 + channel] = (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
                }
            }
        }
        return new RgbImage(width, height, out);
    }
}
