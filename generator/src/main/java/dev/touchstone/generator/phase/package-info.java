/** The phases of a request, their monotonic clock, and the event log. Uses {@code file}. */
package dev.touchstone.generator.phase;
