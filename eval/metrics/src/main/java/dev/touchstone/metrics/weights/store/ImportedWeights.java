package dev.touchstone.metrics.weights.store;

import java.nio.file.Path;

/**
 * Weights in the store.
 *
 * @param kind what they are
 * @param sha256 of the file they came from, lower-case hex
 * @param published whether a file of this digest has been published
 * @param file where they lie in the store
 */
public record ImportedWeights(WeightsKind kind, String sha256, boolean published, Path file) {}
