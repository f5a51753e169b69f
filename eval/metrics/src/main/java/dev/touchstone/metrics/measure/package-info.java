/**
 * Metrics on folders, images and statistics files, without a run: finds the files, keeps decoding, resizing and the network
 * busy at once, and answers with the number and everything that is needed to read it. Uses {@code image}, {@code feature},
 * {@code weights} and {@code metric}.
 */
package dev.touchstone.metrics.measure;
