/**
 * From images to features: the extractor contract, the built-in network, feature matrices, mergeable statistics and the
 * feature cache. Stands between {@code image} and {@code metric}.
 */
package dev.touchstone.metrics.feature;
