/** Random numbers that are functions of what they are for. Stands at the bottom. Uses no other room. */
package dev.touchstone.metrics.random;
