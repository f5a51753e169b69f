/**
 * Learned perceptual image patch similarity (Zhang et al., 2018) over the layers of a network: distances of pairs, and the linear
 * weighting that makes them follow what changed in a picture. Uses {@code feature}.
 */
package dev.touchstone.metrics.metric.lpips;
