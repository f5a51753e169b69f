package dev.touchstone.generator.model;

import dev.touchstone.metrics.image.RgbImage;

/**
 * Where the values of a picture and of its latents lie in the forms that the networks use. Pictures are [-1, 1] in memory.
 *
 * <ul>
 *   <li>pixels: row-major, interleaved colours, as in an {@link RgbImage}
 *   <li>planes: [3, height, width]
 *   <li>cells: [tokens, latent], a cell per 16 x 16 pixels, row-major
 *   <li>grid: [latent, rows, columns]
 * </ul>
 */
final class Geometry {

    private static final int CELL = PebbleConfig.CELL;
    private static final int COLOURS = 3;

    /** Larger pictures are far outside what the model was trained on. */
    static final int LARGEST_SIDE = 512;

    /** Added to a cell's variance. */
    private static final double EPSILON = 1e-5;

    final int width;
    final int height;
    final int rows;
    final int columns;
    final int tokens;
    /** Numbers of a cell. */
    final int latent;
    /** Values of a picture. */
    final int size;
    /** Values of a picture's latents. */
    final int cells;

    /** @throws IllegalArgumentException if a side is no multiple of 16 in [16, 512] */
    Geometry(int width, int height, int latent) {
        check("width", width);
        check("height", height);
        this.width = width;
        this.height = height;
        this.latent = latent;
        rows = height / CELL;
        columns = width / CELL;
        tokens = rows * columns;
        size = width * height * COLOURS;
        cells = tokens * latent;
    }

    private static void check(String side, int pixels) {
        if (pixels < CELL || pixels > LARGEST_SIDE || pixels % CELL != 0) {
            throw new IllegalArgumentException("image " + side + ": expected a multiple of " + CELL + " in [" + CELL
                    + ", " + LARGEST_SIDE + "], found " + pixels);
        }
    }

    /** Pixels of one picture to planes. */
    float[] toPlanes(float[] pixels) {
        return transposed(pixels, width * height, COLOURS);
    }

    /** Planes of one picture to pixels. */
    float[] fromPlanes(float[] planes) {
        return transposed(planes, COLOURS, width * height);
    }

    /** Cells of one picture to a grid, each with mean 0 and variance 1. */
    float[] toGrid(float[] x) {
        return transposed(normed(x), tokens, latent);
    }

    /** The grid of one picture to cells, each with mean 0 and variance 1. */
    float[] fromGrid(float[] grid) {
        return normed(transposed(grid, latent, tokens));
    }

    private static float[] transposed(float[] from, int rows, int columns) {
        float[] to = new float[from.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[row * columns + column];
            }
        }
        return to;
    }

    private float[] normed(float[] x) {
        float[] normed = new float[x.length];
        for (int at = 0; at < x.length; at += latent) {
            double sum = 0;
            for (int i = at; i < at + latent; i++) {
                sum += x[i];
            }
            double mean = sum / latent;
            double squares = 0;
            for (int i = at; i < at + latent; i++) {
                squares += (x[i] - mean) * (x[i] - mean);
            }
            double scale = 1 / Math.sqrt(squares / latent + EPSILON);
            for (int i = at; i < at + latent; i++) {
                normed[i] = (float) ((x[i] - mean) * scale);
            }
        }
        return normed;
    }

    /** 8-bit values to [-1, 1]: {@code value / 127.5 - 1}. */
    static float[] toPixels(RgbImage image) {
        float[] pixels = new float[image.rgb().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (image.rgb()[i] & 0xff) / 127.5f - 1;
        }
        return pixels;
    }

    /** [-1, 1] to 8 bits: clamped, then {@code floor((value + 1) * 127.5 + 0.5)}, so halves go up. */
    RgbImage toImage(float[] pixels) {
        byte[] rgb = new byte[size];
        for (int i = 0; i < size; i++) {
            float value = Math.min(1, Math.max(-1, pixels[i]));
            rgb[i] = (byte) (int) ((value + 1) * 127.5f + 0.5f);
        }
        return new RgbImage(width, height, rgb);
    }
}
