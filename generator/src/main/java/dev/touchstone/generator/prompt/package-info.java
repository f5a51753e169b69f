/**
 * Prompts, their cohort labels, and the versioned packs they come in: read strictly, written, imported from published
 * lists. Uses {@code scene}, {@code document} and {@code file}.
 */
package dev.touchstone.generator.prompt;
