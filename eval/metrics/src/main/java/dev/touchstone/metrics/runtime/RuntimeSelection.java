package dev.touchstone.metrics.runtime;

/**
 * The runtime that a run takes.
 *
 * @param provider to load networks with
 * @param report what it is on this machine
 * @param reason sentences: why this one, why on this device, what was passed over
 */
public record RuntimeSelection(RuntimeProvider provider, RuntimeReport report, String reason) {}
