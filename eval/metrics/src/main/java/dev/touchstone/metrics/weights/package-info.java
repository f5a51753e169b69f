/**
 * Published weight files in, ONNX graphs out: PyTorch containers and safetensors are read without running anything in
 * them, checked against the published shapes and digests, and assembled into networks with batch-norm folded in. Stands
 * beside {@code feature}; uses {@code image} and ONNX Runtime.
 */
package dev.touchstone.metrics.weights;
