/** The first picture of a TIFF file, by Pillow's rules. Called by {@code image}; JPEG parts are read by {@code image.jpeg}. */
package dev.touchstone.metrics.image.tiff;
