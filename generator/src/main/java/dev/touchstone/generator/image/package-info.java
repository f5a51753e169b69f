/** An image in memory and as a PNG file, the same bytes on every machine. Uses nothing but the JDK and the deflater. */
package dev.touchstone.generator.image;
