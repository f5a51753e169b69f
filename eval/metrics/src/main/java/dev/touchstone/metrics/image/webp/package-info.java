/**
 * WebP files: the container is read here, pixels by libwebp, which is believed only after it has decoded a known picture. Called by
 * {@code image}.
 */
package dev.touchstone.metrics.image.webp;
