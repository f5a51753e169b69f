package dev.touchstone.metrics.image;

import java.io.IOException;

/** A valid image of a kind that is not converted here. The message names the kind, as in {@code an arithmetic-coded JPEG}. */
public final class UnsupportedImageException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnsupportedImageException(String kind) {
        super(kind);
    }
}
