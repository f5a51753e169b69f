/** Prompts, their cohort labels, and the versioned packs they come in. Uses {@code scene}. */
package dev.touchstone.generator.prompt;
