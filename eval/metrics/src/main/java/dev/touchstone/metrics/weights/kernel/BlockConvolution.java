package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.container.WeightTensor;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution whose stride is above 1 as one of stride 1 over blocks of stride x stride pixels, which are the channels then:
 * AlexNet's 11 x 11 with stride 4 is a 3 x 3 over 48 channels, and Winograd's transforms fit.
 */
public final class BlockConvolution implements PairLayer {

    private final int in;
    private final int kernel;
    private final int stride;
    private final int padding;
    private final int kernelBlocks;
    private final WinogradConvolution overBlocks;

    /** Of weights {@code [out, in, k, k]}. */
    public BlockConvolution(WeightTensor weight, WeightTensor bias, int stride, int padding, BatchedProduct product) {
        in = weight.shape().get(1);
        kernel = weight.shape().get(2);
        this.stride = stride;
        this.padding = padding;
        kernelBlocks = blocks(kernel, stride);
        overBlocks = new WinogradConvolution(inBlocks(weight), bias, 0, product);
    }

    /** Whether the kernel's blocks are of a size that has a transform. */
    public static boolean fits(int kernel, int stride) {
        return stride > 1 && WinogradConvolution.fits(blocks(kernel, stride), 1);
    }

    private static int blocks(int kernel, int stride) {
        return (kernel + stride - 1) / stride;
    }

    /** Channels are row in the block, column in the block, channel of the pixel; the kernel ends in zeros. */
    private WeightTensor inBlocks(WeightTensor weight) {
        int out = weight.shape().get(0);
        int channels = stride * stride * in;
        float[] values = new float[out * channels * kernelBlocks * kernelBlocks];
        int from = 0;
        for (int k = 0; k < out; k++) {
            for (int c = 0; c < in; c++) {
                for (int y = 0; y < kernel; y++) {
                    for (int x = 0; x < kernel; x++) {
                        int channel = (y % stride * stride + x % stride) * in + c;
                        int place = y / stride * kernelBlocks + x / stride;
                        values[(k * channels + channel) * kernelBlocks * kernelBlocks + place] =
                                weight.values()[from++];
                    }
                }
            }
        }
        return new WeightTensor(List.of(out, channels, kernelBlocks, kernelBlocks), values);
    }

    @Override
    public int channels() {
        return overBlocks.channels();
    }

    @Override
    public int side(int side) {
        return (side + 2 * padding - kernel) / stride + 1;
    }

    @Override
    public void apply(PairMaps from, PairMaps to, int offset, PairScratch scratch) {
        PairMaps blocks =
                scratch.next(to.height() + kernelBlocks - 1, to.width() + kernelBlocks - 1, stride * stride * in);
        for (int image = 0; image < 2; image++) {
            for (int y = 0; y < blocks.height() * stride; y++) {
                gather(from, image, y - padding, blocks, y);
            }
        }
        overBlocks.apply(blocks, to, offset, scratch);
    }

    /** One row of pixels, or zeros outside of the image, to its places in a row of blocks. */
    private void gather(PairMaps from, int image, int row, PairMaps blocks, int y) {
        float[] target = blocks.images()[image];
        int run = stride * in;
        int place = (y / stride * blocks.width() * stride + y % stride) * run;
        for (int block = 0; block < blocks.width(); block++, place += stride * run) {
            int left = block * stride - padding;
            int start = Math.max(left, 0);
            int end = Math.min(left + stride, from.width());
            if (row < 0 || row >= from.height() || end - start < stride) {
                Arrays.fill(target, place, place + run, 0);
            }
            if (row >= 0 && row < from.height() && start < end) {
                System.arraycopy(
                        from.images()[image],
                        (row * from.width() + start) * in,
                        target,
                        place + (start - left) * in,
                        (end - start) * in);
            }
        }
    }
}
