/** The first picture of a GIF file on its screen, by Pillow's rules. Called by {@code image}. */
package dev.touchstone.metrics.image.gif;
