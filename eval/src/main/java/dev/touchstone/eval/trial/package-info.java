/**
 * Trials of a back end on prompts of the built-in world, without a run: what it gets right of combinations it never saw, and what its
 * settings trade. Uses {@code feature}, {@code golden}, {@code inference} and {@code metric}.
 */
package dev.touchstone.eval.trial;
