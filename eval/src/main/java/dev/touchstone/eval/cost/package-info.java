/**
 * Money: what device time and images cost, per image and per usable image. Prices come from the manifest; the rate of usable
 * images comes in as a number with its interval. Uses {@code inference}, {@code metrics.metric}, {@code result}.
 */
package dev.touchstone.eval.cost;
