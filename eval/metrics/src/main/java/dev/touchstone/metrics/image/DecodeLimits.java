package dev.touchstone.metrics.image;

/**
 * What a file may claim before it is decoded.
 *
 * @param pixels largest width x height
 * @param fileBytes largest file
 */
public record DecodeLimits(long pixels, long fileBytes) {

    /** 64 megapixels in at most 512 MiB. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(64_000_000, 512L << 20);

    /** @throws IllegalArgumentException if a limit is below 1, or above what an array holds */
    public DecodeLimits {
        if (pixels < 1 || pixels > Integer.MAX_VALUE / 4 || fileBytes < 1 || fileBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "decode limits: expected 1 to 536870911 pixels and 1 to 2147483639 bytes, found " + pixels + " and "
                            + fileBytes);
        }
    }
}
