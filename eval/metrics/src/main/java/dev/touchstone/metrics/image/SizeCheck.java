package dev.touchstone.metrics.image;

/** Called with the sides of an image before anything of its size is allocated. */
@FunctionalInterface
public interface SizeCheck {

    /** @throws ImageDecodeException if the image is larger than the caller's limits */
    void check(long widthPixels, long heightPixels);
}
