/**
 * Metrics on folders, images and statistics files, without a run: finds the files, keeps decoding, resizing and the network busy
 * at once, and answers with the number and everything that is needed to read it. Uses {@code feature}, {@code file},
 * {@code image}, {@code metric}, {@code weights}.
 */
package dev.touchstone.metrics.measure;
