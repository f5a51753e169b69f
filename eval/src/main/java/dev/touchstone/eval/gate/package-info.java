/**
 * The decision: a policy that people write, the evidence that its rules ask for, verdicts with their error budget, and what
 * follows from them. Reads the samples and differences of {@code compare}; computes with {@code inference}; writes
 * {@code decision.json}. Uses {@code compare}, {@code generator.document}, {@code generator.phase}, {@code generator.prompt},
 * {@code generator.run}, {@code inference}, {@code metrics.file}, {@code metrics.metric}, {@code result}.
 */
package dev.touchstone.eval.gate;
