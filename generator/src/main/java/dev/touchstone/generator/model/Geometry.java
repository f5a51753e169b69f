package dev.touchstone.generator.model;

import dev.touchstone.generator.image.RgbImage;

/**
 * Where a picture's values lie in the forms that the networks use. Pictures are [-1, 1] in memory.
 *
 * <ul>
 *   <li>pixels: row-major, interleaved colours, as in an {@link RgbImage}
 *   <li>patches: [tokens, 192], 8 x 8 pixels each, row-major with interleaved colours
 *   <li>cells: [12, rows / 2, columns / 2], the 2 x 2 pixels of a cell as channels
 * </ul>
 */
final class Geometry {

    private static final int PATCH = PebbleConfig.PATCH;
    /** Larger pictures are far outside what the model was trained on. */
    static final int LARGEST_SIDE = 512;

    final int width;
    final int height;
    final int rows;
    final int columns;
    final int tokens;
    /** Values of a picture. */
    final int size;

    private final int[] pixelOfPatchValue;
    private final int[] pixelOfCellValue;

    /** @throws IllegalArgumentException if a side is no multiple of 8 in [8, 512] */
    Geometry(int width, int height) {
        check("width", width);
        check("height", height);
        this.width = width;
        this.height = height;
        rows = height / PATCH;
        columns = width / PATCH;
        tokens = rows * columns;
        size = width * height * 3;
        pixelOfPatchValue = new int[size];
        pixelOfCellValue = new int[size];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int colour = 0; colour < 3; colour++) {
                    int pixel = (y * width + x) * 3 + colour;
                    int token = y / PATCH * columns + x / PATCH;
                    int inPatch = (y % PATCH * PATCH + x % PATCH) * 3 + colour;
                    pixelOfPatchValue[token * PebbleConfig.PATCH_VALUES + inPatch] = pixel;
                    int channel = (y % 2 * 2 + x % 2) * 3 + colour;
                    pixelOfCellValue[(channel * (height / 2) + y / 2) * (width / 2) + x / 2] = pixel;
                }
            }
        }
    }

    private static void check(String side, int pixels) {
        if (pixels < PATCH || pixels > LARGEST_SIDE || pixels % PATCH != 0) {
            throw new IllegalArgumentException("image " + side + ": expected a multiple of " + PATCH + " in [" + PATCH
                    + ", " + LARGEST_SIDE + "], found " + pixels);
        }
    }

    float[] toPatches(float[] pixels) {
        return gather(pixels, pixelOfPatchValue);
    }

    float[] toCells(float[] pixels) {
        return gather(pixels, pixelOfCellValue);
    }

    float[] fromPatches(float[] patches) {
        return scatter(patches, pixelOfPatchValue);
    }

    float[] fromCells(float[] cells) {
        return scatter(cells, pixelOfCellValue);
    }

    private static float[] gather(float[] from, int[] index) {
        float[] to = new float[index.length];
        for (int i = 0; i < index.length; i++) {
            to[i] = from[index[i]];
        }
        return to;
    }

    private static float[] scatter(float[] from, int[] index) {
        float[] to = new float[index.length];
        for (int i = 0; i < index.length; i++) {
            to[index[i]] = from[i];
        }
        return to;
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
