/**
 * How scenes become pixels: geometry, a coverage rasteriser, the styles as treatments of filled shapes, and the
 * subjects. Plain arithmetic only, so that every machine and JDK draws the same pixels.
 */
package dev.touchstone.generator.scene.drawing;
