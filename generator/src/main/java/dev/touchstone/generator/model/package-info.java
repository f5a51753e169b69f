/** pebble, the built-in model: tokenizer, text encoder, flow transformer, decoder, samplers, noise, edits. */
package dev.touchstone.generator.model;
