/** What makes images: the back-end contract and its providers. Uses {@code prompt}, {@code phase}, {@code model}. */
package dev.touchstone.generator.backend;
