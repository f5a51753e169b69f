/**
 * Slices of a run and what each came to: tables of requests and images (Tablesaw), their summaries, and the stage that writes
 * {@code evaluation.json}. Reads the run folder, scores and labels; computes with {@code inference} and {@code cost}; writes the
 * records of {@code result}. Uses {@code cost}, {@code generator.backend}, {@code generator.manifest}, {@code generator.phase},
 * {@code generator.prompt}, {@code generator.run}, {@code inference}, {@code label}, {@code metrics.file},
 * {@code metrics.metric}, {@code result}, {@code score}.
 */
package dev.touchstone.eval.cohort;
