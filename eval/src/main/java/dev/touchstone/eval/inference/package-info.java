/**
 * Statistics on plain numbers: intervals, resampling, variance components, agreement. Knows no word of the domain; uses
 * commons-math3 for distributions and nothing of the other rooms.
 */
package dev.touchstone.eval.inference;
