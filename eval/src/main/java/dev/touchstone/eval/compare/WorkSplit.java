package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.inference.StudentEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits what sampling time gained into less work and faster work: with s steps of t seconds,
 * {@code s' t' - s t = (s' - s) (t + t') / 2 + (t' - t) (s + s') / 2}, exactly, for every prompt.
 */
final class WorkSplit {

    /** Sampling time that was saved or spent because there were fewer or more steps. */
    static final String LESS_WORK = "latency.sampling.by-steps";

    /** Sampling time that was saved or spent because a step was faster or slower. */
    static final String FASTER_WORK = "latency.sampling.by-speed";

    private final RunSamples base;
    private final RunSamples candidate;
    private final double level;

    WorkSplit(RunSamples base, RunSamples candidate, double level) {
        this.base = base;
        this.candidate = candidate;
        this.level = level;
    }

    /** Both parts; nothing where a run does not know its steps. */
    List<Difference> of(Pairing pairs) {
        Optional<PairedMeans> steps = means(Measure.STEPS, pairs);
        Optional<PairedMeans> seconds = means(Measure.STEP_SECONDS, pairs);
        if (steps.isEmpty() || seconds.isEmpty()) {
            return List.of();
        }
        PairedMeans s = steps.get();
        PairedMeans t = seconds.get();
        if (s.prompts() < 2 || s.prompts() != t.prompts()) {
            return List.of(
                    PairedDifferences.tooFew(LESS_WORK, Use.EXPLAINS, s.prompts()),
                    PairedDifferences.tooFew(FASTER_WORK, Use.EXPLAINS, s.prompts()));
        }
        double[] work = new double[s.prompts()];
        double[] speed = new double[s.prompts()];
        Arrays.setAll(work, i -> (s.candidate()[i] - s.base()[i]) * (t.candidate()[i] + t.base()[i]) / 2);
        Arrays.setAll(speed, i -> (t.candidate()[i] - t.base()[i]) * (s.candidate()[i] + s.base()[i]) / 2);
        return List.of(part(LESS_WORK, work), part(FASTER_WORK, speed));
    }

    private Optional<PairedMeans> means(Measure measure, Pairing pairs) {
        Optional<Samples> before = base.of(measure.id());
        Optional<Samples> after = candidate.of(measure.id());
        return before.isPresent() && after.isPresent()
                ? Optional.of(PairedMeans.of(before.get().values(), after.get().values(), pairs))
                : Optional.empty();
    }

    private Difference part(String id, double[] seconds) {
        StudentEstimate estimate = StudentEstimate.of(
                seconds, "share of the sampling time's difference, paired by prompt, t over prompts");
        return new Measured(
                id,
                Use.EXPLAINS,
                Measure.STEP_SECONDS.unit(),
                Measure.STEP_SECONDS.direction(),
                0,
                estimate.value(),
                estimate.value(),
                Optional.of(estimate.interval(level)),
                estimate.method(),
                seconds.length,
                seconds.length);
    }
}
