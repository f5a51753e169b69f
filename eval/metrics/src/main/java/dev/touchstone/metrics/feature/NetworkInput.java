package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.image.RgbImage;

/**
 * Brings an image of any size to the network's input: area-averaged to a square (a picture that is not square is stretched),
 * scaled to [-1, 1], channels first. An image that already has the size keeps its pixels.
 */
public final class NetworkInput {

    /** Stable name of this recipe. */
    public static final String RECIPE = "area-" + FeatureNetwork.SIDE;

    /** Floats of one image. */
    public static final int LENGTH = FeatureNetwork.CHANNELS * FeatureNetwork.SIDE * FeatureNetwork.SIDE;

    private NetworkInput() {}

    /** Writes an image into a batch at the given image position. */
    public static void write(RgbImage image, float[] batch, int position) {
        int side = FeatureNetwork.SIDE;
        double[][] columns = overlaps(image.widthPixels(), side);
        double[][] rows = overlaps(image.heightPixels(), side);
        int offset = position * LENGTH;
        double[] sums = new double[FeatureNetwork.CHANNELS];
        for (int y = 0; y < side; y++) {
            int top = (int) ((long) y * image.heightPixels() / side);
            for (int x = 0; x < side; x++) {
                int left = (int) ((long) x * image.widthPixels() / side);
                sums[0] = 0;
                sums[1] = 0;
                sums[2] = 0;
                for (int i = 0; i < rows[y].length; i++) {
                    for (int j = 0; j < columns[x].length; j++) {
                        double weight = rows[y][i] * columns[x][j];
                        int at = ((top + i) * image.widthPixels() + left + j) * 3;
                        sums[0] += weight * (image.rgb()[at] & 0xff);
                        sums[1] += weight * (image.rgb()[at + 1] & 0xff);
                        sums[2] += weight * (image.rgb()[at + 2] & 0xff);
                    }
                }
                for (int channel = 0; channel < FeatureNetwork.CHANNELS; channel++) {
                    batch[offset + (channel * side + y) * side + x] = (float) (sums[channel] / 127.5 - 1.0);
                }
            }
        }
    }

    /** For every target pixel the shares of the source pixels it covers, from the first one on; each list sums to one. */
    private static double[][] overlaps(int source, int target) {
        double[][] shares = new double[target][];
        for (int i = 0; i < target; i++) {
            long from = (long) i * source;
            long to = from + source;
            int first = (int) (from / target);
            int last = (int) ((to - 1) / target);
            shares[i] = new double[last - first + 1];
            for (int pixel = first; pixel <= last; pixel++) {
                long overlap = Math.min(to, (pixel + 1L) * target) - Math.max(from, (long) pixel * target);
                shares[i][pixel - first] = overlap / (double) source;
            }
        }
        return shares;
    }
}
