/**
 * Two runs beside one another: what differs in their conditions, what differs in their numbers prompt by prompt, and by what a win
 * could have been had without being one. Reads finished run folders; the gate decides on what it says. Uses {@code cohort},
 * {@code label}, {@code inference} and {@code result}.
 */
package dev.touchstone.eval.compare;
