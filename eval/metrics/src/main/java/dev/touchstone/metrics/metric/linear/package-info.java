/** Dense double matrices on OpenBLAS, which ND4J brings along: products, eigenvalues, singular values. No domain words. */
package dev.touchstone.metrics.metric.linear;
