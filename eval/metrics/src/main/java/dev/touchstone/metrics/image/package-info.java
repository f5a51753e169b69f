/**
 * Decode and resize, specified to the bit where Java can: files become 8-bit RGB by stated rules, and images become a network's
 * input by a recipe with a name. Stands before {@code feature}. Uses {@code file}.
 */
package dev.touchstone.metrics.image;
