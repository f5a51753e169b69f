/**
 * Charts: drawn by JFreeChart into SVG in one theme, once for a page and once for a phone, each with its numbers as a table. A
 * report's charts are lists of rows, one per cohort, over one axis of values; a sweep's are lines over seconds. Uses
 * {@code eval.inference}, {@code eval.result}, {@code eval.trial}, {@code metrics.file}, {@code metrics.image}, {@code model}.
 */
package dev.touchstone.reports.chart;
