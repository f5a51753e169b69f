/**
 * What a CI system reads: a decision as JUnit XML, as Markdown and as annotations. Uses {@code eval.compare}, {@code eval.gate},
 * {@code eval.result}.
 */
package dev.touchstone.reports.ci;
