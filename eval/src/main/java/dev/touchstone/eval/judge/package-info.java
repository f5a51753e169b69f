/**
 * The judge that best-of-k asks which candidate shows most of its prompt: adherence read by the feature network. Uses
 * {@code generator.backend}, {@code generator.prompt}, {@code metrics.feature}, {@code metrics.image}, {@code metrics.metric}.
 */
package dev.touchstone.eval.judge;
