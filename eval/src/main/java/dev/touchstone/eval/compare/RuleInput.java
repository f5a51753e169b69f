package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.FalseWin.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** What the rules of false wins look at. */
record RuleInput(
        ComparedRun base,
        ComparedRun candidate,
        Pairing pairs,
        PicturePairs images,
        Conditions conditions,
        List<CohortDifferences> cohorts,
        Surroundings surroundings) {

    /** Error rate of a rule that rests on a test: several do, and an A/A comparison should fire none of them. */
    static final double ALPHA = 0.005;

    /** What a rule found. */
    record Finding(Severity severity, String evidence) {

        static Optional<Finding> suspect(String evidence, Object... arguments) {
            return Optional.of(new Finding(Severity.SUSPECT, String.format(Locale.ROOT, evidence, arguments)));
        }

        static Optional<Finding> notice(String evidence, Object... arguments) {
            return Optional.of(new Finding(Severity.NOTICE, String.format(Locale.ROOT, evidence, arguments)));
        }
    }

    /** Whether one of the conditions is known to differ: then the comparison says so by itself. */
    boolean declared(String... names) {
        return Arrays.stream(names)
                .anyMatch(name -> conditions.variables().stream()
                        .anyMatch(change -> change.name().equals(name)));
    }

    /** Whether a number is better in any cohort. */
    boolean won(Predicate<String> metric) {
        return cohorts.stream()
                .flatMap(cohort -> cohort.differences().stream())
                .anyMatch(difference -> metric.test(difference.metric())
                        && difference instanceof Difference.Measured measured
                        && measured.change() == Difference.Change.BETTER);
    }

    /** Suspect, or worth a notice where one of the conditions is known to differ. */
    Optional<Finding> unlessDeclared(String[] names, String evidence, Object... arguments) {
        List<String> known = Arrays.stream(names).filter(this::declared).toList();
        return known.isEmpty()
                ? Finding.suspect(evidence, arguments)
                : Finding.notice(evidence + ", which follows from " + String.join(" and ", known), arguments);
    }

    /**
     * One-sided sign test over prompts.
     *
     * @param more prompts on the side that is asked about
     * @param less prompts on the other side
     */
    static double signTest(int more, int less) {
        return more + less == 0
                ? 1
                : 1 - new BinomialDistribution(null, more + less, 0.5).cumulativeProbability(more - 1);
    }
}
