/** The phases of a request, their monotonic clock, and the event log. Uses nothing of the other rooms. */
package dev.touchstone.generator.phase;
