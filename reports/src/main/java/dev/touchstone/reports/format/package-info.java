/**
 * Writes a report document in a format. A format is one class and prints every kind of block; it decides nothing about what is
 * said. Uses {@code generator.run}, {@code metrics.file}, {@code metrics.image}, {@code model}, {@code section}.
 */
package dev.touchstone.reports.format;
