/**
 * Prompts, their cohort labels, and the versioned packs they come in: read strictly, written, imported from published lists.
 * Uses {@code document}, {@code metrics.feature}, {@code metrics.file}, {@code scene}.
 */
package dev.touchstone.generator.prompt;
