/** What numbers are computed with on this machine: all native engines together. Uses {@code engine}, {@code runtime} and {@code metric.linear}. */
package dev.touchstone.metrics.machine;
