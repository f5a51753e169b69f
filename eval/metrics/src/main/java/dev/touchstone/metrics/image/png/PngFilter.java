package dev.touchstone.metrics.image.png;

/** PNG's five row filters. */
final class PngFilter {

    static final int KINDS = 5;

    private PngFilter() {}

    /** What a filter predicts of the byte at {@code i}; bytes before the row are 0. */
    static int predict(int kind, byte[] row, byte[] above, int i, int pixelBytes) {
        int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
        return switch (kind) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above[i] & 0xff;
            case 3 -> (left + (above[i] & 0xff)) >> 1;
            default -> paeth(left, above[i] & 0xff, i < pixelBytes ? 0 : above[i - pixelBytes] & 0xff);
        };
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }
}
