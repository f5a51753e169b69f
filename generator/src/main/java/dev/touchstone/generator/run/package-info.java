/**
 * The run folder: identities, header, image records, failures, and the generate stage with resume. Uses {@code backend},
 * {@code metrics.engine}, {@code metrics.feature}, {@code metrics.file}, {@code metrics.image}, {@code metrics.machine},
 * {@code phase}, {@code prompt}, {@code task}.
 */
package dev.touchstone.generator.run;
