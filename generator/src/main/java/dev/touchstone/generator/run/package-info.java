/**
 * The run folder: identities, header, image records, failures, and the generate stage with resume. Uses {@code backend},
 * {@code prompt}, {@code phase}, {@code image} and {@code file}.
 */
package dev.touchstone.generator.run;
