/**
 * Published weight files in, networks out, in five rooms of its own: {@code container} reads the files, {@code store} keeps what
 * was imported, {@code onnx} runs graphs, {@code kernel} holds what ONNX Runtime is too slow at, {@code network} puts them
 * together. Uses {@code feature}, {@code file}, {@code image}, {@code runtime}.
 */
package dev.touchstone.metrics.weights;
