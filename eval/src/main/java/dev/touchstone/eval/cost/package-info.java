/**
 * Money: what device time and images cost, per image and per usable image. Prices come from the manifest; the rate of usable
 * images comes in as a number with its interval.
 */
package dev.touchstone.eval.cost;
