/**
 * {@code evaluation.json}: the records of everything a run came to, and their store. Uses metric directions and intervals
 * of {@code inference}; the rooms that compute the numbers stand above it.
 */
package dev.touchstone.eval.result;
