package dev.touchstone.eval.trial;

import java.util.Optional;

/**
 * What one setting came to.
 *
 * @param setting which
 * @param images drawn
 * @param adherence mean share of what was asked that is shown; interval by a bootstrap over prompts
 * @param fid to the golden pictures of the sweep's workflows
 * @param kid to the same; unbiased, with a jackknife interval over prompts
 * @param lpips mean distance to the picture of the same noise and guidance with most steps, in the first precision; empty for those
 *     pictures themselves
 * @param secondsPerImage median over prompts of wall time by pictures drawn together
 */
public record SweepPoint(
        SweepPlan.Setting setting,
        int images,
        Ranged adherence,
        double fid,
        Ranged kid,
        Optional<Ranged> lpips,
        double secondsPerImage) {

    /** A value with its 95 % interval. */
    public record Ranged(double value, double low, double high) {}
}
