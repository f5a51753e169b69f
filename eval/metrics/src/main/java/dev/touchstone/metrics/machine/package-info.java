/**
 * What numbers are computed with on this machine: all native engines together. Uses {@code engine}, {@code metric},
 * {@code runtime}.
 */
package dev.touchstone.metrics.machine;
