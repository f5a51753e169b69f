/**
 * The report as a document that knows nothing of its format: sections of paragraphs, tables with typed cells, charts and
 * galleries. Sections fill it, formats print it. Uses {@code eval.inference}, {@code eval.result}.
 */
package dev.touchstone.reports.model;
