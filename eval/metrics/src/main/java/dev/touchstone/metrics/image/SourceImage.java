package dev.touchstone.metrics.image;

/**
 * An image as RGB and what its file held: for preparations that resize before they convert to RGB, as CLIP's own does.
 *
 * @param rgb the image as every other preparation takes it
 * @param stored the file's mode, in Pillow's sense
 */
public record SourceImage(RgbImage rgb, Stored stored) {

    /** What a file held. */
    public sealed interface Stored {

        /** Grey or RGB: conversion and resizing may change places. */
        record Opaque() implements Stored {}

        /** Two levels, or entries of a palette, between which nothing lies. */
        record Indexed() implements Stored {}

        /**
         * Grey or RGB with transparency.
         *
         * @param alpha one byte a pixel, row-major; not copied
         */
        record Transparent(byte[] alpha) implements Stored {}

        /**
         * Inks.
         *
         * @param cmyk four bytes a pixel, row-major, 255 all ink; not copied
         */
        record Inks(byte[] cmyk) implements Stored {}
    }

    public SourceImage {
        int pixels = rgb.widthPixels() * rgb.heightPixels();
        int expected = stored instanceof Stored.Transparent ? pixels : stored instanceof Stored.Inks ? 4 * pixels : 0;
        int found = stored instanceof Stored.Transparent transparent
                ? transparent.alpha().length
                : stored instanceof Stored.Inks inks ? inks.cmyk().length : 0;
        if (found != expected) {
            throw new IllegalArgumentException("source image: expected " + expected + " bytes, found " + found);
        }
    }

    public static SourceImage opaque(RgbImage rgb) {
        return new SourceImage(rgb, new Stored.Opaque());
    }

    public static SourceImage indexed(RgbImage rgb) {
        return new SourceImage(rgb, new Stored.Indexed());
    }

    public static SourceImage transparent(RgbImage rgb, byte[] alpha) {
        return new SourceImage(rgb, new Stored.Transparent(alpha));
    }

    public static SourceImage inks(RgbImage rgb, byte[] cmyk) {
        return new SourceImage(rgb, new Stored.Inks(cmyk));
    }

    /** A copy that is turned, as {@link RgbImage#turned(int)}. */
    public SourceImage turned(int value) {
        Stored turned = stored instanceof Stored.Transparent transparent
                ? new Stored.Transparent(rgb.turned(transparent.alpha(), 1, value))
                : stored instanceof Stored.Inks inks ? new Stored.Inks(rgb.turned(inks.cmyk(), 4, value)) : stored;
        return new SourceImage(rgb.turned(value), turned);
    }
}
