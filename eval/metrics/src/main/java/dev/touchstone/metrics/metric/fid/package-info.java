/** Fréchet distance between two sets of features, from the features or from their stored means and covariances. */
package dev.touchstone.metrics.metric.fid;
