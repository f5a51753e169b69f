package dev.touchstone.metrics.image.png;

/**
 * Which PNG files are read.
 *
 * @param sidePixels longest side, at least 1
 * @param pixels most pixels, in [1, 536870911]
 * @param extent how much of a file must be sound
 */
public record PngRules(int sidePixels, long pixels, Extent extent) {

    /** Most pixels whose samples fit an array with room to spare. */
    private static final long LARGEST = Integer.MAX_VALUE / 4;

    /** What is checked of a file. */
    public enum Extent {
        /** Every chunk to the end mark; chunks that PNG does not define are refused. */
        WHOLE_FILE,
        /**
         * Header, palette and pixels, as Pillow does: a damaged comment, or an end that is missing behind the last pixel, is
         * ignored.
         */
        PIXELS
    }

    /** @throws IllegalArgumentException if a limit is out of its range */
    public PngRules {
        if (sidePixels < 1 || pixels < 1 || pixels > LARGEST) {
            throw new IllegalArgumentException("png rules: expected sides of at least 1 pixel and 1 to " + LARGEST
                    + " pixels, found " + sidePixels + " and " + pixels);
        }
    }

    void require(String name, PngHeader header) {
        int width = header.widthPixels();
        int height = header.heightPixels();
        if (width > sidePixels || height > sidePixels || (long) width * height > pixels) {
            throw new ImageFileException(
                    name,
                    "expected an image of at most " + sidePixels + " pixels a side and " + pixels + " in all, found "
                            + width + " x " + height);
        }
    }
}
