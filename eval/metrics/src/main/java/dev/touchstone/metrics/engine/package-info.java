/**
 * Native engines (OpenBLAS, ND4J, ONNX Runtime) and whether this processor's code of them computes what it should. Uses
 * {@code file}, {@code random}.
 */
package dev.touchstone.metrics.engine;
