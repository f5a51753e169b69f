/**
 * What people said about the pictures: files of votes, which votes still hold for the pictures of a run, and the merged
 * verdicts. Reads the run folder, writes {@code labels.jsonl}; agreement comes from {@code inference}. Uses
 * {@code generator.document}, {@code generator.run}, {@code metrics.file}, {@code metrics.image}.
 */
package dev.touchstone.eval.label;
