package dev.touchstone.metrics.image.jpeg;

import java.util.Arrays;

/** One component of a frame: its sampling, its samples as they come, and for a progressive frame its coefficients. */
final class JpegComponent {

    final int id;
    final int horizontal;
    final int vertical;
    final int quantisation;

    /** Samples of the picture, without what fills the last blocks. */
    int width;

    int height;
    /** Blocks of the picture: what a scan of this component alone holds. */
    int blocksAcross;

    int blocksDown;
    /** Samples in a row of {@link #samples}: whole blocks of whole MCUs. */
    int stride;

    byte[] samples;
    short[] coefficients;
    /** Of the coefficient of each place in zigzag order, how many low bits are missing; -1 where nothing came. */
    final int[] missingBits = new int[64];

    HuffmanTable dc;
    HuffmanTable ac;
    int[] table;
    int prediction;

    JpegComponent(int id, int horizontal, int vertical, int quantisation) {
        this.id = id;
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.quantisation = quantisation;
        Arrays.fill(missingBits, -1);
    }

    /** Lays out the samples of a frame. */
    void allocate(JpegFrame frame) {
        width = ceil(frame.width() * horizontal, frame.largestHorizontal());
        height = ceil(frame.height() * vertical, frame.largestVertical());
        blocksAcross = ceil(width, 8);
        blocksDown = ceil(height, 8);
        stride = Math.multiplyExact(frame.mcusAcross() * horizontal, 8);
        samples = new byte[Math.multiplyExact(stride, frame.mcusDown() * vertical * 8)];
        if (frame.progressive()) {
            coefficients = new short[samples.length];
        }
    }

    /** Where the coefficients of a block begin. */
    int block(int row, int column) {
        return (row * (stride / 8) + column) * 64;
    }

    static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }
}
