package dev.touchstone.metrics.measure;

import java.nio.file.Path;

/**
 * A file that did not count.
 *
 * @param reason the decoder's message
 */
public record UnreadableImage(Path file, String reason) {}
