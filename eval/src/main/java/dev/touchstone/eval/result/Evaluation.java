package dev.touchstone.eval.result;

import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.generator.run.RunId;
import java.util.List;
import java.util.Optional;

/**
 * Everything a run came to: {@code evaluation.json}.
 *
 * @param runId which run
 * @param sources what it was computed from
 * @param conditions what holds for all numbers
 * @param overhead loading and warm-up: recorded and paid for, never in a latency
 * @param labelling what people did
 * @param cohorts all images first, then by axis and label
 */
public record Evaluation(
        RunId runId,
        Sources sources,
        Conditions conditions,
        Overhead overhead,
        Labelling labelling,
        List<CohortSummary> cohorts) {

    public Evaluation {
        cohorts = List.copyOf(cohorts);
    }

    /** The cohort of a key, if there is one. */
    public Optional<CohortSummary> cohort(CohortKey key) {
        return cohorts.stream().filter(cohort -> cohort.key().equals(key)).findFirst();
    }

    /**
     * SHA-256 of what the numbers were computed from. A change of any makes the stage run again.
     *
     * @param images of {@code images.jsonl}
     * @param events of {@code events.jsonl}
     * @param scores of {@code scores.jsonl}, where there is one
     * @param labels of {@code labels.jsonl}, where there is one
     * @param settings of prices, cohorts and resampling settings
     */
    public record Sources(
            String images, String events, Optional<String> scores, Optional<String> labels, String settings) {}

    /**
     * What holds for all numbers.
     *
     * @param prices what was paid with
     * @param level of all intervals, in (0, 1)
     * @param replicates of every bootstrap
     * @param seed of every bootstrap, with the metric and the cohort
     * @param axes by which images are sliced, crosses joined by {@code *}
     */
    public record Conditions(Prices prices, double level, int replicates, long seed, List<String> axes) {

        public Conditions {
            axes = List.copyOf(axes);
        }
    }

    /** Prices, in a currency. */
    public record Prices(double pricePerHour, double feePerImage, String currency) {}

    /**
     * Loading and warm-up.
     *
     * @param loadingSeconds over all sessions
     * @param warmUpSeconds over all sessions
     * @param warmUpRequests over all sessions
     * @param cost of both, in the run's currency
     */
    public record Overhead(double loadingSeconds, double warmUpSeconds, int warmUpRequests, double cost) {}

    /**
     * What people did.
     *
     * @param counts of votes and verdicts
     * @param reviewers who gave a current vote
     * @param judgedImages with a current vote
     * @param agreements per question, where two reviewers or more answered it
     */
    public record Labelling(LabelCounts counts, int reviewers, int judgedImages, List<AgreementOn> agreements) {

        public Labelling {
            agreements = List.copyOf(agreements);
        }
    }

    /**
     * How far reviewers agree on a question.
     *
     * @param question id
     * @param alpha Krippendorff's, nominal for usable, ordinal for grades
     * @param ac1 Gwet's
     */
    public record AgreementOn(String question, Figure alpha, Figure ac1) {}
}
