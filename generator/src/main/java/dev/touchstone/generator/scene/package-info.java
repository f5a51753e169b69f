/**
 * The procedural world: scene descriptions, their captions, and a deterministic renderer. First room of the flow. Uses
 * {@code metrics.feature}, {@code metrics.file}, {@code metrics.random}.
 */
package dev.touchstone.generator.scene;
