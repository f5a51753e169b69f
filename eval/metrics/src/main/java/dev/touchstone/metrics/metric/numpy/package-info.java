/** What reference implementations take from NumPy, to the bit: the legacy random generator and the npy/npz file format. */
package dev.touchstone.metrics.metric.numpy;
