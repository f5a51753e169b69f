/**
 * The user's imported weights: files are checked against the published shapes and digests and kept by both. Opens the networks
 * of {@code weights.network}; nothing below knows it.
 */
package dev.touchstone.metrics.weights.store;
