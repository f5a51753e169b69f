/**
 * Writes a report document in a format. A format is one class and prints every kind of block; it decides nothing about what
 * is said. Uses {@code reports.model}; the stage also uses {@code reports.section}.
 */
package dev.touchstone.reports.format;
