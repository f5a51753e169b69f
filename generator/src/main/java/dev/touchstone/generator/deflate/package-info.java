/** Reads deflated bytes. Uses nothing else of the program. */
package dev.touchstone.generator.deflate;
