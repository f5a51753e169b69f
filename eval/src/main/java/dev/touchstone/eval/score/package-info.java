/**
 * The score stage: pictures of a run against what was asked and against a golden dataset, into {@code scores.jsonl}. Uses
 * {@code feature}, {@code golden} and {@code metric}.
 */
package dev.touchstone.eval.score;
