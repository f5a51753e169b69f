package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.generator.phase.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rules about how much work a picture was. */
final class WorkRules {

    /** From the most exact to the least. */
    private static final List<String> PRECISIONS =
            List.of("fp64", "fp32", "tf32", "bf16", "fp16", "fp8", "int8", "fp4", "nf4", "int4");

    /** Phases without which there is no new picture. */
    private static final List<Phase> NEEDED = List.of(Phase.ENCODING, Phase.SAMPLING, Phase.DECODING);

    /** Share of requests that skip a phase which the base entered. */
    private static final double SKIPPED = 0.02;

    private WorkRules() {}

    static Optional<Finding> smallerPictures(RuleInput in) {
        int smaller = 0;
        for (int k = 0; k < in.images().size(); k++) {
            long before = pixels(in.base().pictures(), in.images().base()[k]);
            smaller += pixels(in.candidate().pictures(), in.images().candidate()[k]) < before ? 1 : 0;
        }
        return smaller == 0
                ? Optional.empty()
                : in.unlessDeclared(
                        new String[] {"resolution"},
                        "%d of %d pairs of images are smaller than in the base",
                        smaller,
                        in.images().size());
    }

    private static long pixels(Pictures pictures, int row) {
        return (long) pictures.widthPixels(row) * pictures.heightPixels(row);
    }

    static Optional<Finding> fewerSteps(RuleInput in) {
        int recorded = 0;
        for (int k = 0; k < in.images().size(); k++) {
            recorded += in.candidate().pictures().steps(in.images().candidate()[k])
                            < in.base().pictures().steps(in.images().base()[k])
                    ? 1
                    : 0;
        }
        int counted = 0;
        int known = 0;
        Optional<Samples> before = in.base().samples().of(Measure.STEPS.id());
        Optional<Samples> after = in.candidate().samples().of(Measure.STEPS.id());
        if (before.isPresent() && after.isPresent()) {
            for (int k = 0; k < in.pairs().size(); k++) {
                int b = in.pairs().base()[k];
                int c = in.pairs().candidate()[k];
                if (before.get().values().count(b) > 0 && after.get().values().count(c) > 0) {
                    known++;
                    counted +=
                            after.get().values().sum(c) < before.get().values().sum(b) ? 1 : 0;
                }
            }
        }
        return recorded + counted == 0
                ? Optional.empty()
                : in.unlessDeclared(
                        new String[] {"steps", "sampler", "batch_size", "images_per_prompt", "best_of"},
                        "%d of %d images were made with fewer steps by their records, %d of %d requests by their events",
                        recorded,
                        in.images().size(),
                        counted,
                        known);
    }

    static Optional<Finding> lowerPrecision(RuleInput in) {
        String before = precision(in.base());
        String after = precision(in.candidate());
        boolean lower = PRECISIONS.contains(before) && PRECISIONS.indexOf(after) > PRECISIONS.indexOf(before);
        return lower
                ? in.unlessDeclared(
                        new String[] {"precision"}, "the candidate computes in %s, the base in %s", after, before)
                : Optional.empty();
    }

    /** What the loaded model says of itself; what was asked where it says nothing. */
    private static String precision(ComparedRun run) {
        String asked = run.manifest().text("generation.precision");
        return run.header().model().getOrDefault("precision", asked).toLowerCase(Locale.ROOT);
    }

    static Optional<Finding> skippedPhases(RuleInput in) {
        List<String> skipped = new ArrayList<>();
        for (Phase phase : NEEDED) {
            Optional<Samples> before =
                    in.base().samples().of(Measure.phase(phase).id());
            Optional<Samples> after =
                    in.candidate().samples().of(Measure.phase(phase).id());
            if (before.isEmpty()) {
                continue;
            }
            int entered = 0;
            int missing = 0;
            for (int k = 0; k < in.pairs().size(); k++) {
                int c = in.pairs().candidate()[k];
                boolean answered = in.candidate()
                        .samples()
                        .of(Measure.SERVICE.id())
                        .map(service -> service.values().count(c) > 0)
                        .orElse(false);
                if (answered && before.get().values().sum(in.pairs().base()[k]) > 0) {
                    entered++;
                    missing += after.isEmpty() || after.get().values().sum(c) <= 0 ? 1 : 0;
                }
            }
            if (entered > 0 && missing > SKIPPED * entered) {
                skipped.add(phase.id() + " by " + missing + " of " + entered + " requests");
            }
        }
        return skipped.isEmpty()
                ? Optional.empty()
                : Finding.suspect("phases that the base went through were skipped: %s", String.join(", ", skipped));
    }

    static Optional<Finding> warmColdMix(RuleInput in) {
        double before = warmUps(in.base());
        double after = warmUps(in.candidate());
        boolean sessions = in.base().time().sessions() != in.candidate().time().sessions();
        if (before == after && !sessions) {
            return Optional.empty();
        }
        return before == after
                ? Finding.notice(
                        "the base ran in %d sessions, the candidate in %d; each begins with a model that is just loaded",
                        in.base().time().sessions(), in.candidate().time().sessions())
                : in.unlessDeclared(
                        new String[] {"warmup_requests"},
                        "%.1f warm-up requests a session in the candidate, %.1f in the base, so that the shares of cold"
                                + " requests differ",
                        after,
                        before);
    }

    private static double warmUps(ComparedRun run) {
        return (double) run.time().warmUps() / Math.max(1, run.time().sessions());
    }
}
