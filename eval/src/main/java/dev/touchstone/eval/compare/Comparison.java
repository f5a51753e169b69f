package dev.touchstone.eval.compare;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * A candidate beside its base.
 *
 * @param base what went before
 * @param candidate what may go out
 * @param conditions what differs between them
 * @param coverage which prompts both have
 * @param cohorts all images first, then the cohorts of every slice
 * @param falseWins rules that fired, the severest first
 */
public record Comparison(
        Side base,
        Side candidate,
        Conditions conditions,
        Coverage coverage,
        List<CohortDifferences> cohorts,
        List<FalseWin> falseWins) {

    public Comparison {
        cohorts = List.copyOf(cohorts);
        falseWins = List.copyOf(falseWins);
    }

    /**
     * One of the two runs.
     *
     * @param run its id
     * @param imagesDigest SHA-256 of its {@code images.jsonl}
     * @param hardwareClass the kind of machine that its manifest names
     */
    public record Side(RunId run, String imagesDigest, String hardwareClass) {}

    /**
     * What can be paired.
     *
     * @param prompts that both runs have
     * @param baseOnly prompts of the base alone
     * @param candidateOnly prompts of the candidate alone
     * @param images pairs of complete images of the same prompt and index
     * @param identical pairs whose files are the same byte for byte
     */
    public record Coverage(int prompts, int baseOnly, int candidateOnly, int images, int identical) {

        /** Whether the candidate redraws the base byte for byte. */
        public boolean bitEqual() {
            return images > 0 && images == identical;
        }
    }

    /** The differences of one cohort, by metric id. */
    public record CohortDifferences(CohortKey cohort, int prompts, List<Difference> differences) {

        public CohortDifferences {
            differences = List.copyOf(differences);
        }

        /** The difference of a metric, if it was asked for. */
        public Optional<Difference> of(String metric) {
            return differences.stream()
                    .filter(difference -> difference.metric().equals(metric))
                    .findFirst();
        }
    }

    /** The differences of a cohort, if there is such a cohort. */
    public Optional<CohortDifferences> cohort(CohortKey cohort) {
        return cohorts.stream().filter(one -> one.cohort().equals(cohort)).findFirst();
    }

    /** Whether a rule fired that makes a win suspect. */
    public boolean suspect() {
        return falseWins.stream().anyMatch(win -> win.severity() == FalseWin.Severity.SUSPECT);
    }

    /** Whether a number that a release may be decided on is better beyond its interval, in some cohort. */
    public boolean won() {
        return cohorts.stream()
                .flatMap(cohort -> cohort.differences().stream())
                .anyMatch(difference -> difference.use() == Difference.Use.DECIDES
                        && difference instanceof Difference.Measured measured
                        && measured.change() == Difference.Change.BETTER);
    }
}
