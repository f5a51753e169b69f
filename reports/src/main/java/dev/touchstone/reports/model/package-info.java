/**
 * The report as a document that knows nothing of its format: sections of paragraphs, tables with typed cells, charts and
 * galleries. Sections fill it, formats print it. Uses figures of {@code eval.result}, so that every number keeps its n.
 */
package dev.touchstone.reports.model;
