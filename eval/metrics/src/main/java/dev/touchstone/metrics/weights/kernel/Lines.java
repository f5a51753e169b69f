package dev.touchstone.metrics.weights.kernel;

/**
 * Loops over lines of floats in the form that HotSpot turns into vector instructions: every line from its start. With
 * starts that are not known when a loop is compiled it takes six times as long.
 */
final class Lines {

    private Lines() {}

    /** A sum of lines with factors. */
    static final class Sum {
        private final float[][] lines;
        private final float[] factors;
        private int terms;

        /** Of at most so many lines. */
        Sum(int most) {
            lines = new float[most][];
            factors = new float[most];
        }

        void clear() {
            terms = 0;
        }

        /** Adds a line; factor 0 adds nothing. */
        void add(float[] line, float factor) {
            if (factor != 0) {
                lines[terms] = line;
                factors[terms++] = factor;
            }
        }

        /** Writes the sum; at least three terms. */
        void into(float[] to, int length) {
            float[] l0 = lines[0];
            float[] l1 = lines[1];
            float[] l2 = lines[2];
            if (terms == 3) {
                sum(l0, factors[0], l1, factors[1], l2, factors[2], to, length);
                return;
            }
            sum(l0, factors[0], l1, factors[1], l2, factors[2], lines[3], factors[3], to, length);
            int next = 4;
            for (; next + 1 < terms; next += 2) {
                accumulate(lines[next], factors[next], lines[next + 1], factors[next + 1], to, length);
            }
            if (next < terms) {
                accumulate(lines[next], factors[next], to, length);
            }
        }
    }

    private static void sum(float[] a, float u, float[] b, float v, float[] c, float w, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = u * a[i] + v * b[i] + w * c[i];
        }
    }

    private static void sum(
            float[] a, float u, float[] b, float v, float[] c, float w, float[] d, float x, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = u * a[i] + v * b[i] + (w * c[i] + x * d[i]);
        }
    }

    private static void accumulate(float[] a, float u, float[] b, float v, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += u * a[i] + v * b[i];
        }
    }

    private static void accumulate(float[] a, float u, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] += u * a[i];
        }
    }

    /** {@code to = max(to, line)}. */
    static void maximum(float[] line, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Math.max(to[i], line[i]);
        }
    }

    /** {@code to = max(to + bias, 0)}. */
    static void addAndRectify(float[] bias, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            to[i] = Math.max(to[i] + bias[i], 0);
        }
    }
}
