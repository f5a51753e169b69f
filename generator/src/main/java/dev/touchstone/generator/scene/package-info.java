/**
 * The procedural world: scene descriptions, their captions, and a deterministic renderer. First room of the flow; uses
 * nothing but the JDK.
 */
package dev.touchstone.generator.scene;
