/**
 * The score stage: pictures of a run against what was asked and against a golden dataset, into {@code scores.jsonl}. Uses
 * {@code generator.prompt}, {@code generator.run}, {@code golden}, {@code inference}, {@code metrics.engine},
 * {@code metrics.feature}, {@code metrics.file}, {@code metrics.image}, {@code metrics.metric}, {@code result}.
 */
package dev.touchstone.eval.score;
