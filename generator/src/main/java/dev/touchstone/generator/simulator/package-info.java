/**
 * A server on this machine that speaks the dialects of image servers, with known truth and known faults: what tests, demos and
 * coverage checks of the whole line run against. Uses {@code metrics.feature}, {@code metrics.file}, {@code metrics.image},
 * {@code scene}.
 */
package dev.touchstone.generator.simulator;
