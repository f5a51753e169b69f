/** What a CI system reads: a decision as JUnit XML, as Markdown and as annotations. Uses {@code eval.gate}; writes text and no files. */
package dev.touchstone.reports.ci;
