/** The phases of a request, their monotonic clock, and the event log. Uses {@code metrics.file}. */
package dev.touchstone.generator.phase;
