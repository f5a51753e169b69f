package dev.touchstone.metrics.image;

import java.util.HexFormat;

/**
 * A small description of what a picture looks like, by which a picture that another processor rounded differently is known
 * again. It holds the mean luminance of an 8 x 8 grid and the mean chroma (Cb, Cr) of a 4 x 4 grid, a byte each.
 *
 * <p>A change of at most 2/255 in every channel of every pixel moves every mean by at most 2, and by at most 3 after
 * rounding: such a picture always matches. Pictures of other sizes may match; the size is compared elsewhere.
 *
 * @param hex 192 lower-case hex digits: luminance row by row from the top, then Cb, then Cr
 */
public record Fingerprint(String hex) {

    /** Largest distance at which two pictures count as the same: what rounding by 2/255 can cause. */
    public static final int ROUNDING_DISTANCE = 3;

    private static final int LUMINANCE_CELLS = 8;
    private static final int CHROMA_CELLS = 4;
    private static final int BYTES = LUMINANCE_CELLS * LUMINANCE_CELLS + 2 * CHROMA_CELLS * CHROMA_CELLS;

    // Rec. 601 in 1/256, so that every machine computes the same integers.
    private static final int[] LUMINANCE = {77, 150, 29, 0};
    private static final int[] CB = {-43, -85, 128, 128};
    private static final int[] CR = {128, -107, -21, 128};

    /** @throws IllegalArgumentException if the text is not 192 lower-case hex digits */
    public Fingerprint {
        if (hex.length() != 2 * BYTES || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException(
                    "fingerprint: expected " + 2 * BYTES + " lower-case hex digits, found \"" + hex + "\"");
        }
    }

    /** The fingerprint of a picture of any size. */
    public static Fingerprint of(RgbImage image) {
        byte[] means = new byte[BYTES];
        int at = means(image, LUMINANCE_CELLS, LUMINANCE, means, 0);
        at = means(image, CHROMA_CELLS, CB, means, at);
        means(image, CHROMA_CELLS, CR, means, at);
        return new Fingerprint(HexFormat.of().formatHex(means));
    }

    /** Largest difference of two means, in [0, 255]. */
    public int distance(Fingerprint other) {
        byte[] a = HexFormat.of().parseHex(hex);
        byte[] b = HexFormat.of().parseHex(other.hex);
        int largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
        }
        return largest;
    }

    /** Whether the two pictures may differ by rounding only. */
    public boolean matches(Fingerprint other) {
        return distance(other) <= ROUNDING_DISTANCE;
    }

    private static int means(RgbImage image, int cells, int[] weights, byte[] out, int from) {
        int at = from;
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                out[at++] = (byte) mean(
                        image,
                        edge(column, cells, image.widthPixels()),
                        edge(row, cells, image.heightPixels()),
                        farEdge(column, cells, image.widthPixels()),
                        farEdge(row, cells, image.heightPixels()),
                        weights);
            }
        }
        return at;
    }

    private static long mean(RgbImage image, int left, int top, int right, int bottom, int[] weights) {
        long sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += weights[0] * image.sample(x, y, 0)
                        + weights[1] * image.sample(x, y, 1)
                        + weights[2] * image.sample(x, y, 2);
            }
        }
        long scale = 256L * (right - left) * (bottom - top);
        return Math.min(255, Math.max(0, Math.floorDiv(sum + weights[3] * scale + scale / 2, scale)));
    }

    private static int edge(int cell, int cells, int pixels) {
        return (int) ((long) cell * pixels / cells);
    }

    // A side of fewer pixels than cells repeats pixels instead of having empty cells.
    private static int farEdge(int cell, int cells, int pixels) {
        return Math.max(edge(cell, cells, pixels) + 1, edge(cell + 1, cells, pixels));
    }
}
