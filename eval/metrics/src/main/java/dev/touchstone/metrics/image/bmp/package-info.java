/** Windows and OS/2 bitmaps, by Pillow's rules. Called by {@code image}. */
package dev.touchstone.metrics.image.bmp;
