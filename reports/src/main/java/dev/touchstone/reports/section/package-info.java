/**
 * Sections of the report: each turns the records of a run into blocks of the document. The set is closed; a section is one
 * package-private class and one constant of {@link dev.touchstone.reports.section.ReportSection}. Uses {@code chart},
 * {@code eval.cohort}, {@code eval.gate}, {@code eval.inference}, {@code eval.label}, {@code eval.result}, {@code eval.score},
 * {@code generator.prompt}, {@code generator.run}, {@code metrics.feature}, {@code metrics.file}, {@code metrics.metric},
 * {@code model}.
 */
package dev.touchstone.reports.section;
