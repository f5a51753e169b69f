/**
 * Runtime {@code nd4j}: networks as lists of ND4J operations over fixed memory, on nd4j-native or nd4j-cuda. Uses
 * {@code runtime} only.
 */
package dev.touchstone.metrics.runtime.nd4j;
