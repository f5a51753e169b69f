package dev.touchstone.eval.image;

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
        return resize(in, xs, ys, (tl, tr, bl, br, dx, dy) -> {
            float top = tl + (tr - tl) * dx;
            float bottom = bl + (br - bl) * dx;
            return top + (bottom - top) * dy;
        });
    }

    /**
     * PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}; what pytorch-fid uses. Within two units in
     * the last place of the largest sample: PyTorch's kernels may fuse the products.
     */
    public static PlanarImage torch(PlanarImage in, int width, int height) {
        Positions xs = Positions.halfPixel(in.widthPixels(), width);
        Positions ys = Positions.halfPixel(in.heightPixels(), height);
        return resize(in, xs, ys, (tl, tr, bl, br, dx, dy) -> {
            float left = 1 - dx;
            return (1 - dy) * (left * tl + dx * tr) + dy * (left * bl + dx * br);
        });
    }

    private static PlanarImage resize(PlanarImage in, Positions xs, Positions ys, Blend blend) {
        int width = xs.low().length;
        int height = ys.low().length;
        float[] from = in.values();
        float[] out = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < height; y++) {
                int top = (channel * in.heightPixels() + ys.low()[y]) * in.widthPixels();
                int bottom = (channel * in.heightPixels() + ys.high()[y]) * in.widthPixels();
                int to = (channel * height + y) * width;
                float dy = ys.weight()[y];
                for (int x = 0; x < width; x++) {
                    int low = xs.low()[x];
                    int high = xs.high()[x];
                    out[to + x] = blend.of(
                            from[top + low],
                            from[top + high],
                            from[bottom + low],
                            from[bottom + high],
                            xs.weight()[x],
                            dy);
                }
            }
        }
        return new PlanarImage(width, height, out);
    }

    private interface Blend {
        float of(float topLeft, float topRight, float bottomLeft, float bottomRight, float dx, float dy);
    }
}
