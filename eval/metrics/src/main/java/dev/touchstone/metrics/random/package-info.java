/** Random numbers that are functions of what they are for. Stands at the bottom; uses nothing of the other rooms. */
package dev.touchstone.metrics.random;
