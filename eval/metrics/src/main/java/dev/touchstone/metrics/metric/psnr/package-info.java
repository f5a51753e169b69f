/** Peak signal-to-noise ratio of pairs of images. */
package dev.touchstone.metrics.metric.psnr;
