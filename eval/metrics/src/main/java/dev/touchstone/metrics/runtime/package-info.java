/** One loaded network, named tensors in and out: ONNX Runtime and ND4J behind one contract. Uses {@code engine}, {@code file}. */
package dev.touchstone.metrics.runtime;
