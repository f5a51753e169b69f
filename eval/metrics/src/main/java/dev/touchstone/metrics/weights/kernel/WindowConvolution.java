package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.util.Arrays;

/** A convolution with bias and ReLU as one product: each window is a row. Good for few channels and for kernels of 1 x 1. */
public final class WindowConvolution implements PairLayer {

    private static final int WINDOWS = 2048;

    private final int in;
    private final int out;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final Floats filters;
    private final float[] bias;
    private final BatchedProduct product;

    /** Of weights {@code [out, in, k, k]}. */
    public WindowConvolution(WeightTensor weight, WeightTensor bias, int stride, int padding, BatchedProduct product) {
        out = weight.shape().get(0);
        in = weight.shape().get(1);
        kernel = weight.shape().get(2);
        this.stride = stride;
        this.padding = padding;
        this.bias = bias.values();
        this.product = product;
        int area = kernel * kernel;
        filters = Floats.allocate(1, area * in, out);
        for (int k = 0; k < out; k++) {
            for (int channel = 0; channel < in; channel++) {
                for (int i = 0; i < area; i++) {
                    filters.data().put((i * in + channel) * out + k, weight.values()[(k * in + channel) * area + i]);
                }
            }
        }
    }

    @Override
    public int channels() {
        return out;
    }

    @Override
    public int side(int side) {
        return (side + 2 * padding - kernel) / stride + 1;
    }

    @Override
    public void apply(PairMaps from, PairMaps to, int offset, PairScratch scratch) {
        int width = to.width();
        int rows = Math.max(1, WINDOWS / width);
        int columns = kernel * kernel * in;
        float[] windows = scratch.line(0, width * columns);
        float[] results = scratch.line(1, width * out);
        float[] biases = scratch.line(2, width * out);
        for (int x = 0; x < width; x++) {
            System.arraycopy(bias, 0, biases, x * out, out);
        }
        for (int image = 0; image < 2; image++) {
            for (int first = 0; first < to.height(); first += rows) {
                int count = Math.min(rows, to.height() - first);
                Floats left = scratch.left(1, count * width, columns);
                for (int row = 0; row < count; row++) {
                    gather(from, image, first + row, width, windows);
                    left.data().put(row * width * columns, windows, 0, width * columns);
                }
                Floats answers = scratch.product(1, count * width, out);
                product.multiply(left, filters, answers);
                for (int row = 0; row < count; row++) {
                    answers.data().get(row * width * out, results, 0, width * out);
                    Lines.addAndRectify(biases, results, width * out);
                    int target = (first + row) * width * to.channels() + offset;
                    int run = to.channels() == out ? width * out : out;
                    for (int place = 0, goal = target; place < width * out; place += run, goal += to.channels()) {
                        System.arraycopy(results, place, to.images()[image], goal, run);
                    }
                }
            }
        }
    }

    private void gather(PairMaps from, int image, int row, int width, float[] windows) {
        float[] values = from.images()[image];
        int line = kernel * in;
        if (kernel == 1 && stride == 1 && padding == 0) {
            System.arraycopy(values, row * width * in, windows, 0, width * in);
            return;
        }
        for (int k = 0; k < kernel; k++) {
            int y = row * stride - padding + k;
            for (int x = 0; x < width; x++) {
                int target = (x * kernel + k) * line;
                int left = x * stride - padding;
                int start = Math.max(0, left);
                int end = Math.min(from.width(), left + kernel);
                if (y < 0 || y >= from.height() || end - start < kernel) {
                    Arrays.fill(windows, target, target + line, 0);
                }
                if (y >= 0 && y < from.height()) {
                    System.arraycopy(
                            values,
                            (y * from.width() + start) * in,
                            windows,
                            target + (start - left) * in,
                            (end - start) * in);
                }
            }
        }
    }
}
