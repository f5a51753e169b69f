/**
 * Files that people write, read strictly: YAML and JSON lines become one tree with the place of every value, and every problem
 * of a file is reported at once. Uses {@code metrics.file}.
 */
package dev.touchstone.generator.document;
