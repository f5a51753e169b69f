package dev.touchstone.metrics.weights.kernel;

/**
 * How two images differ at each position of a layer: the weighted squared difference of their channels, each scaled to
 * unit length, as in lpips 0.1.4 with 1e-10 added to the length.
 *
 * @param height at least 1
 * @param width at least 1
 * @param values row-major {@code [height, width]}
 */
public record DifferenceMap(int height, int width, float[] values) {

    private static final float EPSILON = 1e-10f;

    /** @param factors one per channel */
    public static DifferenceMap of(PairMaps maps, float[] factors) {
        float[] a = maps.images()[0];
        float[] b = maps.images()[1];
        float[] values = new float[maps.height() * maps.width()];
        int channels = maps.channels();
        float[] left = new float[channels];
        float[] right = new float[channels];
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(a, i * channels, left, 0, channels);
            System.arraycopy(b, i * channels, right, 0, channels);
            values[i] = difference(left, right, 1 / length(left), 1 / length(right), factors);
        }
        return new DifferenceMap(maps.height(), maps.width(), values);
    }

    // Four sums side by side: one alone would wait for each addition. All channels counts are multiples of four.

    private static float length(float[] values) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int c = 0; c < values.length; c += 4) {
            s0 += values[c] * values[c];
            s1 += values[c + 1] * values[c + 1];
            s2 += values[c + 2] * values[c + 2];
            s3 += values[c + 3] * values[c + 3];
        }
        return (float) Math.sqrt(s0 + s1 + (s2 + s3)) + EPSILON;
    }

    /** Overwrites the left. */
    private static float difference(float[] left, float[] right, float scaleLeft, float scaleRight, float[] factors) {
        for (int c = 0; c < left.length; c++) {
            float d = left[c] * scaleLeft - right[c] * scaleRight;
            left[c] = factors[c] * d * d;
        }
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int c = 0; c < left.length; c += 4) {
            s0 += left[c];
            s1 += left[c + 1];
            s2 += left[c + 2];
            s3 += left[c + 3];
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Mean over positions. */
    public double mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
