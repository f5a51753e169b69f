/**
 * From images to features: the extractor contract, the built-in network, feature matrices, mergeable statistics and the feature
 * cache. Stands between {@code image} and {@code metric}. Uses {@code file}, {@code image}, {@code runtime}.
 */
package dev.touchstone.metrics.feature;
