/**
 * The run manifest: what people write, read with every problem at once. Uses {@code backend}, {@code document},
 * {@code metrics.file}, {@code metrics.metric}, {@code prompt}.
 */
package dev.touchstone.generator.manifest;
