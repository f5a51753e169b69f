/**
 * Training of the built-in feature network and of the linear weights of its LPIPS, on pictures of the procedural world. Nothing
 * that a run or a measurement needs. Uses {@code generator.scene}, {@code metrics.feature}, {@code metrics.file},
 * {@code metrics.image}, {@code metrics.metric}.
 */
package dev.touchstone.eval.training;
