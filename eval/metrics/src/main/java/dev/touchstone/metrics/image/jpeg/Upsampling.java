package dev.touchstone.metrics.image.jpeg;

/**
 * Samples of a component at the picture's size: libjpeg-turbo's triangle filter where the component has half the columns, half the
 * rows or both ({@code jdsample.c}, "fancy upsampling"), copies else. Rows beyond the picture are its nearest ones.
 */
final class Upsampling {

    private enum Kind {
        NONE,
        COLUMNS,
        ROWS,
        BOTH,
        COPIES
    }

    private final JpegComponent component;
    private final int across;
    private final int down;
    private final Kind kind;
    private final int[] sums;

    /** @param frame one whose largest factors are multiples of the component's */
    Upsampling(JpegComponent component, JpegFrame frame) {
        this.component = component;
        across = frame.largestHorizontal() / component.horizontal;
        down = frame.largestVertical() / component.vertical;
        boolean wide = component.width > 2;
        if (across == 1 && down == 1) {
            kind = Kind.NONE;
        } else if (across == 2 && down == 1 && wide) {
            kind = Kind.COLUMNS;
        } else if (across == 1 && down == 2) {
            kind = Kind.ROWS;
        } else if (across == 2 && down == 2 && wide) {
            kind = Kind.BOTH;
        } else {
            kind = Kind.COPIES;
        }
        sums = new int[component.width];
    }

    /** Writes row {@code y} of the picture; {@code row} has room for two samples more than the picture is wide. */
    void row(int y, int[] row) {
        int here = y / down * component.stride;
        byte[] samples = component.samples;
        switch (kind) {
            case NONE -> {
                for (int x = 0; x < component.width; x++) {
                    row[x] = samples[here + x] & 0xff;
                }
            }
            case COLUMNS -> {
                for (int x = 0; x < sums.length; x++) {
                    sums[x] = samples[here + x] & 0xff;
                }
                spread(row, 2, 1, 2);
            }
            case ROWS -> {
                int other = neighbour(y);
                int rounding = (y & 1) == 0 ? 1 : 2;
                for (int x = 0; x < sums.length; x++) {
                    row[x] = (samples[here + x] & 0xff) * 3 + (samples[other + x] & 0xff) + rounding >> 2;
                }
            }
            case BOTH -> {
                int other = neighbour(y);
                for (int x = 0; x < sums.length; x++) {
                    sums[x] = (samples[here + x] & 0xff) * 3 + (samples[other + x] & 0xff);
                }
                spread(row, 4, 8, 7);
            }
            case COPIES -> {
                for (int x = 0; x < Math.min(row.length, component.width * across); x++) {
                    row[x] = samples[here + x / across] & 0xff;
                }
            }
        }
    }

    /** Start of the row above for an even row of the picture, of the one below for an odd one. */
    private int neighbour(int y) {
        int row = y / 2 + ((y & 1) == 0 ? -1 : 1);
        return Math.max(0, Math.min(component.height - 1, row)) * component.stride;
    }

    /** Two samples of each sum: three parts of it, one of its left or right neighbour, rounded and shifted. */
    private void spread(int[] row, int shift, int left, int right) {
        int last = sums.length - 1;
        for (int x = 0; x <= last; x++) {
            int three = 3 * sums[x];
            row[2 * x] = three + sums[Math.max(0, x - 1)] + left >> shift;
            row[2 * x + 1] = three + sums[Math.min(last, x + 1)] + right >> shift;
        }
    }
}
