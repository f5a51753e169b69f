package dev.touchstone.generator.model;

/**
 * Guidance that also leads away from the faults of a model that has learnt less: where the transformer predicts for the unwanted
 * prompt, one of its blocks is weaker (J. Hyung et al., 2024, "Spatiotemporal skip guidance for enhanced video diffusion
 * sampling", arXiv 2411.18664; there layers are left out). What that gains and costs: docs/measurements.
 */
final class WeakenedGuidance {

    /** Names these numbers and how they are used: another name where the same weights, settings and seeds make other pictures. */
    static final String NAME = "weakened-guidance-1";

    /** The block that is weaker, counted from 0. */
    static final int BLOCK = 1;

    private static final float WEAK = 0.3f;
    private static final double FROM = 0.2;

    /** Weakened to the end, plain grounds get dots. */
    private static final double UNTIL = 0.8;

    private WeakenedGuidance() {}

    /**
     * What the block adds for the unwanted prompt, as a share of what it otherwise adds.
     *
     * @param t the way gone from noise (0) to picture (1)
     */
    static float strength(double t) {
        return t >= FROM && t < UNTIL ? WEAK : 1;
    }
}
