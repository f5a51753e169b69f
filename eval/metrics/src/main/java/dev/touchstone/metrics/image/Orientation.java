package dev.touchstone.metrics.image;

/** What to do with the EXIF orientation of a photograph. */
public enum Orientation {
    /** Pixels as they are stored, as Pillow, torchvision and every reference implementation read them. */
    AS_STORED,
    /** Turned the way the camera says. JPEG only; the other formats are read as stored. */
    AS_SHOWN
}
