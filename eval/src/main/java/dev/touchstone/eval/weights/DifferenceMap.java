package dev.touchstone.eval.weights;

/**
 * How two images differ at each position of a layer: the weighted squared difference of their channels, each scaled to
 * unit length, as in lpips 0.1.4 with 1e-10 added to the length.
 *
 * @param height at least 1
 * @param width at least 1
 * @param values row-major {@code [height, width]}
 */
record DifferenceMap(int height, int width, float[] values) {

    private static final float EPSILON = 1e-10f;

    /** @param factors one per channel */
    static DifferenceMap of(PairMaps maps, float[] factors) {
        float[] a = maps.images()[0];
        float[] b = maps.images()[1];
        float[] values = new float[maps.height() * maps.width()];
        for (int i = 0; i < values.length; i++) {
            int start = i * maps.channels();
            values[i] = difference(
                    a, b, start, 1 / length(a, start, maps.channels()), 1 / length(b, start, maps.channels()), factors);
        }
        return new DifferenceMap(maps.height(), maps.width(), values);
    }

    // Four sums side by side: one alone would wait for each addition. All channels counts are multiples of four.

    private static float length(float[] values, int start, int channels) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int c = start; c < start + channels; c += 4) {
            s0 += values[c] * values[c];
            s1 += values[c + 1] * values[c + 1];
            s2 += values[c + 2] * values[c + 2];
            s3 += values[c + 3] * values[c + 3];
        }
        return (float) Math.sqrt(s0 + s1 + (s2 + s3)) + EPSILON;
    }

    private static float difference(float[] a, float[] b, int start, float scaleA, float scaleB, float[] factors) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int c = 0; c < factors.length; c += 4) {
            int at = start + c;
            float d0 = a[at] * scaleA - b[at] * scaleB;
            float d1 = a[at + 1] * scaleA - b[at + 1] * scaleB;
            float d2 = a[at + 2] * scaleA - b[at + 2] * scaleB;
            float d3 = a[at + 3] * scaleA - b[at + 3] * scaleB;
            s0 += factors[c] * d0 * d0;
            s1 += factors[c + 1] * d1 * d1;
            s2 += factors[c + 2] * d2 * d2;
            s3 += factors[c + 3] * d3 * d3;
        }
        return s0 + s1 + (s2 + s3);
    }

    /** Mean over positions. */
    double mean() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
