/** An image as a PNG file of the same bytes on every machine, written and read. Uses nothing but the JDK and the deflater. */
package dev.touchstone.metrics.image.png;
