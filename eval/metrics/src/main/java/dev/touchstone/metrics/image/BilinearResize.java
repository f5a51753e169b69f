package dev.touchstone.metrics.image;

/**
 * Bilinear resizing without widening of the filter, in float, in the order of operations of the reference
 * implementations.
 */
public final class BilinearResize {

    private BilinearResize() {}

    /** Where target samples fall between source samples: low index, high index, weight of the high one. */
    private record Positions(int[] low, int[] high, float[] weight) {

        /** TensorFlow 1: {@code src = dst * (in / out)}, all in float. */
        static Positions tensorFlow(int in, int out) {
            float scale = (float) in / out;
            return of(in, out, dst -> dst * scale);
        }

        /**
         * PyTorch, {@code align_corners=False}: {@code src = max((dst + 0.5) * (in / out) - 0.5, 0)}, the ratio in float,
         * the rest in double.
         */
        static Positions halfPixel(int in, int out) {
            float scale = (float) in / out;
            return of(in, out, dst -> Math.max(scale * (dst + 0.5) - 0.5, 0));
        }

        private static Positions of(int in, int out, Source source) {
            int[] low = new int[out];
            int[] high = new int[out];
            float[] weight = new float[out];
            for (int i = 0; i < out; i++) {
                double position = source.of(i);
                low[i] = Math.min((int) position, in - 1);
                high[i] = Math.min(low[i] + 1, in - 1);
                weight[i] = (float) (position - low[i]);
            }
            return new Positions(low, high, weight);
        }

        private interface Source {
            double of(int target);
        }
    }

    /** TensorFlow 1's {@code resize_bilinear}, to the bit; what torch-fidelity uses. */
    public static PlanarImage tensorFlow(PlanarImage in, int width, int height) {
        Positions xs = Positions.tensorFlow(in.widthPixels(), width);
        Positions ys = Positions.tensorFlow(in.heightPixels(), height);
        float[] out = new float[3 * width * height];
        for (int row = 0; row < 3 * height; row++) {
            int plane = row / height * in.heightPixels();
            int y = row % height;
            tensorFlowRow(
                    in.values(),
                    (plane + ys.low()[y]) * in.widthPixels(),
                    (plane + ys.high()[y]) * in.widthPixels(),
                    xs,
                    ys.weight()[y],
                    out,
                    row * width);
        }
        return new PlanarImage(width, height, out);
    }

    private static void tensorFlowRow(
            float[] from, int top, int bottom, Positions xs, float dy, float[] out, int start) {
        int[] low = xs.low();
        int[] high = xs.high();
        float[] weight = xs.weight();
        for (int x = 0; x < low.length; x++) {
            float topLeft = from[top + low[x]];
            float bottomLeft = from[bottom + low[x]];
            float above = topLeft + (from[top + high[x]] - topLeft) * weight[x];
            float below = bottomLeft + (from[bottom + high[x]] - bottomLeft) * weight[x];
            out[start + x] = above + (below - above) * dy;
        }
    }

    /**
     * PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}; what pytorch-fid uses. Within two units in
     * the last place of the largest sample: PyTorch's kernels may fuse the products.
     */
    public static PlanarImage torch(PlanarImage in, int width, int height) {
        Positions xs = Positions.halfPixel(in.widthPixels(), width);
        Positions ys = Positions.halfPixel(in.heightPixels(), height);
        float[] out = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            int plane = channel * in.widthPixels() * in.heightPixels();
            torchPlane(in.values(), plane, in.widthPixels(), xs, ys, out, channel * width * height);
        }
        return new PlanarImage(width, height, out);
    }

    /** As {@link #torch(PlanarImage, int, int)}, of one plane {@code [height, width]}. */
    public static float[] torch(float[] plane, int width, int height, int toWidth, int toHeight) {
        float[] out = new float[toWidth * toHeight];
        Positions xs = Positions.halfPixel(width, toWidth);
        torchPlane(plane, 0, width, xs, Positions.halfPixel(height, toHeight), out, 0);
        return out;
    }

    private static void torchPlane(
            float[] from, int plane, int fromWidth, Positions xs, Positions ys, float[] out, int start) {
        int width = xs.low().length;
        for (int y = 0; y < ys.low().length; y++) {
            int top = plane + ys.low()[y] * fromWidth;
            int bottom = plane + ys.high()[y] * fromWidth;
            torchRow(from, top, bottom, xs, ys.weight()[y], out, start + y * width);
        }
    }

    private static void torchRow(float[] from, int top, int bottom, Positions xs, float dy, float[] out, int start) {
        int[] low = xs.low();
        int[] high = xs.high();
        float[] weight = xs.weight();
        for (int x = 0; x < low.length; x++) {
            float right = weight[x];
            float left = 1 - right;
            out[start + x] = (1 - dy) * (left * from[top + low[x]] + right * from[top + high[x]])
                    + dy * (left * from[bottom + low[x]] + right * from[bottom + high[x]]);
        }
    }
}
