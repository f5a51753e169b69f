/** Back end {@code pebble}: the built-in model behind the back-end contract. Uses {@code backend}, {@code model}, {@code runtime}. */
package dev.touchstone.generator.backend.pebble;
