/**
 * Convolutions and comparisons on pairs of images, faster than the same layers as ONNX nodes. Uses {@code weights.onnx} for
 * products of matrices and {@code weights.container} for tensors.
 */
package dev.touchstone.metrics.weights.kernel;
