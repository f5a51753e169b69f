/**
 * Two runs beside one another: what differs in their conditions, what differs in their numbers prompt by prompt, and by what a
 * win could have been had without being one. Reads finished run folders; the gate decides on what it says. Uses {@code cost},
 * {@code generator.backend}, {@code generator.document}, {@code generator.phase}, {@code generator.prompt},
 * {@code generator.run}, {@code golden}, {@code inference}, {@code label}, {@code metrics.feature}, {@code metrics.file},
 * {@code metrics.image}, {@code metrics.metric}, {@code result}, {@code score}.
 */
package dev.touchstone.eval.compare;
