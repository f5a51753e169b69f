/**
 * The run manifest: what people write, read with every problem at once. Uses {@code document}, and the vocabulary of
 * {@code prompt} and {@code backend}.
 */
package dev.touchstone.generator.manifest;
