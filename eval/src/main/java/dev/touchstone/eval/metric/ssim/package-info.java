/** Structural similarity of pairs of images, at one scale and at five. */
package dev.touchstone.eval.metric.ssim;
