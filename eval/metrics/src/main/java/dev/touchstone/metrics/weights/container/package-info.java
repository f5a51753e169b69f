/**
 * Published weight files in, named tensors out: PyTorch's containers and safetensors are read without running anything in
 * them. Stands at the bottom; uses {@code file}.
 */
package dev.touchstone.metrics.weights.container;
