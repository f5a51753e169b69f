package dev.touchstone.generator.scene.drawing;

/**
 * One filled shape of a picture, in pixels.
 *
 * @param box the box around the outline
 */
record Part(Outline outline, Outline.Bounds box, Ink ink, Volume volume) {
    Part(Outline outline, Ink ink, Volume volume) {
        this(outline, outline.bounds(), ink, volume);
    }
}
