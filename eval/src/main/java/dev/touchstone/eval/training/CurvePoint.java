package dev.touchstone.eval.training;

/**
 * A point of the training curve.
 *
 * @param images examples shown so far
 * @param loss mean over the steps since the point before, in nats summed over the heads
 * @param imagesPerSecond since the point before
 */
record CurvePoint(long images, double loss, double imagesPerSecond) {}
