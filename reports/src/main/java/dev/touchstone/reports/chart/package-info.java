/**
 * Charts: drawn by JFreeChart into SVG in one theme, once for a page and once for a phone, each with its numbers as a table.
 * Every chart is a list of rows, one per cohort, over one axis of values. Uses {@code reports.model}.
 */
package dev.touchstone.reports.chart;
