/**
 * pebble, the built-in model: tokenizer, text encoder, flow transformer, decoder, samplers, noise, edits. Uses
 * {@code metrics.file}, {@code metrics.image}, {@code metrics.runtime}, {@code metrics.weights}.
 */
package dev.touchstone.generator.model;
