/**
 * Published networks, assembled of their tensors with batch-norm folded in: Inception, CLIP, and the backbones of LPIPS. Stands
 * beside {@code feature}; uses {@code image}, {@code weights.kernel}, {@code weights.onnx} and {@code weights.container}.
 */
package dev.touchstone.metrics.weights.network;
