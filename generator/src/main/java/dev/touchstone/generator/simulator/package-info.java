/**
 * A server on this machine that speaks the dialects of image servers, with known truth and known faults: what tests, demos and
 * coverage checks of the whole line run against. Uses {@code scene}; no back end knows it.
 */
package dev.touchstone.generator.simulator;
