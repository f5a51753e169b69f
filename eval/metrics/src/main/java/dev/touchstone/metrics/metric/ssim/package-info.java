/** Structural similarity of pairs of images, at one scale and at five. */
package dev.touchstone.metrics.metric.ssim;
