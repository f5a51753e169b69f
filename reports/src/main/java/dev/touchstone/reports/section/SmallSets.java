package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Paragraph;
import java.util.Optional;
import java.util.stream.Stream;

/** What must stand wherever FID of few pictures is shown. */
final class SmallSets {

    /** Below it the covariance of Inception's 2,048 features has no full rank; the usual least of the literature. */
    static final int FEWEST = 2048;

    private SmallSets() {}

    /** The warning, if any cohort shows an FID of few pictures. */
    static Optional<Paragraph> warning(RunEvidence evidence) {
        return Stream.of(evidence.overall()).anyMatch(SmallSets::small)
                ? Optional.of(Paragraph.note(words()))
                : Optional.empty();
    }

    /** Whether the cohort's FID rests on few pictures; it is biased then. */
    static boolean small(CohortSummary cohort) {
        return CohortFigures.metric(cohort, "fid")
                .known()
                .filter(known -> known.n() < FEWEST)
                .isPresent();
    }

    static String words() {
        return "FID of fewer than " + Decimals.of((long) FEWEST)
                + " pictures is too high, by an amount that depends on n and"
                + " on the model: compare it at equal n only, and only with its floor, which is what a perfect model would get"
                + " at this n. Below 24 prompts it is not shown. KID has no such bias.";
    }
}
