/**
 * Statistics on plain numbers: intervals, resampling, variance components, agreement. Knows no word of the domain. Uses
 * {@code metrics.file}, {@code metrics.random}.
 */
package dev.touchstone.eval.inference;
