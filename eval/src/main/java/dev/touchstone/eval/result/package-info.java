/**
 * {@code evaluation.json}: the records of everything a run came to, and their store. Uses {@code generator.prompt},
 * {@code generator.run}, {@code inference}, {@code label}, {@code metrics.file}, {@code metrics.metric}.
 */
package dev.touchstone.eval.result;
