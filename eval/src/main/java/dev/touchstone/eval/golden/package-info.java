/**
 * Golden datasets: the pictures that generated ones are measured against, with labels, digests and edit pairs. Uses
 * {@code generator.document}, {@code generator.prompt}, {@code generator.scene}, {@code metrics.feature}, {@code metrics.file},
 * {@code metrics.image}.
 */
package dev.touchstone.eval.golden;
