/**
 * Golden datasets: the pictures that generated ones are measured against, with labels, digests and edit pairs. Uses
 * {@code generator}'s scenes, documents and images, and {@code image} to decode what users bring.
 */
package dev.touchstone.eval.golden;
