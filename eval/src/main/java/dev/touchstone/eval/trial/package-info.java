/**
 * Trials of a back end on prompts of the built-in world, without a run: what it gets right of combinations it never saw, and
 * what its settings trade. Uses {@code generator.backend}, {@code generator.phase}, {@code generator.prompt},
 * {@code generator.run}, {@code generator.scene}, {@code golden}, {@code inference}, {@code metrics.feature},
 * {@code metrics.file}, {@code metrics.image}, {@code metrics.metric}.
 */
package dev.touchstone.eval.trial;
