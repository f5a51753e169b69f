/** Runtime {@code onnxruntime}: networks as ONNX graphs, assembled in memory. Uses {@code runtime} only. */
package dev.touchstone.metrics.runtime.onnxruntime;
