/**
 * JPEG files to RGB samples, by the integer arithmetic and the rules of libjpeg-turbo 2.1, so that pixels are the same on every
 * machine. Called by {@code image}; knows nothing but its {@code RgbImage}.
 */
package dev.touchstone.metrics.image.jpeg;
