package dev.touchstone.eval.trial;

import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;

/**
 * How trial pictures are drawn.
 *
 * @param sampling sampler, steps, guidance
 * @param seed draws prompts and noise
 * @param side of the pictures in pixels
 */
public record TrialSettings(SamplingSettings sampling, long seed, int side) {

    /** The settings of the quickstart, which are the model's defaults. */
    public static final SamplingSettings DEFAULTS = new SamplingSettings(Sampler.HEUN, 12, 3.0);

    /** The side of the class {@code square-64}. */
    public static final int SIDE_PIXELS = 64;

    /** Another seed than any run's, so that no trial prompt is one of a pack. */
    public static final long SEED = 20_260_201;
}
