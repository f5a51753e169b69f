/**
 * Sections of the report: each turns the records of a run into blocks of the document. The set is closed; a section is one
 * package-private class and one constant of {@link dev.touchstone.reports.section.ReportSection}. Uses the run folder's
 * readers, {@code eval.result}, {@code eval.label}, {@code eval.gate}, {@code reports.model} and {@code reports.chart}.
 */
package dev.touchstone.reports.section;
