/** ONNX models written from tensors, and run. Uses {@code weights.container} and ONNX Runtime. */
package dev.touchstone.metrics.weights.onnx;
