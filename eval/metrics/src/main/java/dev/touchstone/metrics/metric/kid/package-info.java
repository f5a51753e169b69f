/** Kernel distance (squared maximum mean discrepancy, cubic kernel) between two sets of features. */
package dev.touchstone.metrics.metric.kid;
