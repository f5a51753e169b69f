/** The run manifest: what people write, read with every problem at once. */
package dev.touchstone.generator.manifest;
