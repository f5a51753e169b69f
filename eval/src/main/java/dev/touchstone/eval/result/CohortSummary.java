package dev.touchstone.eval.result;

import dev.touchstone.metrics.metric.MetricId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything one cohort came to.
 *
 * @param key which images
 * @param counts of prompts, requests and images
 * @param latencies one per measure, end to end first
 * @param throughput images per second
 * @param cost what was paid
 * @param quality what metrics and people say
 * @param failures by reason and phase, the most frequent first
 */
public record CohortSummary(
        CohortKey key,
        Counts counts,
        List<Latency> latencies,
        Figure throughput,
        Cost cost,
        Quality quality,
        List<FailureGroup> failures) {

    public CohortSummary {
        latencies = List.copyOf(latencies);
        failures = List.copyOf(failures);
    }

    /** Prompts, and images by what became of them. */
    public record Counts(int prompts, int complete, int failed, int moderated, int missing) {

        /** All images that were asked for. */
        public int images() {
            return complete + failed + moderated + missing;
        }
    }

    /**
     * How long something took per request, over the requests that were answered.
     *
     * @param measure {@code end-to-end}, {@code first-image}, {@code service}, {@code phase.<id>} or {@code phase.other}
     * @param mean seconds
     * @param quantiles seconds, by {@code p50, p90, p95, p99}; withheld where the sample cannot support one
     */
    public record Latency(String measure, Figure mean, SortedMap<String, Figure> quantiles) {

        public Latency {
            quantiles = Collections.unmodifiableSortedMap(new TreeMap<>(quantiles));
        }
    }

    /**
     * What was paid, in the run's currency.
     *
     * @param requests for all attempts of the cohort's requests
     * @param overhead the cohort's share of loading and warm-up, by device time
     * @param perImage total over complete images
     * @param perUsableImage total over usable images
     */
    public record Cost(double requests, double overhead, Figure perImage, Figure perUsableImage) {

        /** Everything that was paid. */
        public double total() {
            return requests + overhead;
        }
    }

    /**
     * What metrics and people say about the pictures.
     *
     * @param usability the verdicts "I can use this"
     * @param metrics by metric id; those of people start with {@code human-}
     * @param variances where an image-wise number varies
     * @param flaws how many images have each flaw, by merged verdict
     */
    public record Quality(
            Usability usability,
            SortedMap<MetricId, SetFigure> metrics,
            List<VarianceSplit> variances,
            SortedMap<String, Integer> flaws) {

        public Quality {
            metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
            variances = List.copyOf(variances);
            flaws = Collections.unmodifiableSortedMap(new TreeMap<>(flaws));
        }
    }

    /**
     * A metric of the cohort.
     *
     * @param figure the number
     * @param detail further numbers of the score, such as {@code noiseFloor}, as the metric names them
     */
    public record SetFigure(Figure figure, SortedMap<String, Double> detail) {

        public SetFigure {
            detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
        }
    }

    /**
     * The usable rate and what it stands on.
     *
     * @param rate usable over judged
     * @param usable images
     * @param rejected images
     * @param ties images whose reviewers are tied; in neither of the two
     * @param unjudged complete images without a verdict or tie
     */
    public record Usability(Figure rate, int usable, int rejected, int ties, int unjudged) {}

    /**
     * Where the variance of an image-wise number lies.
     *
     * @param metric id
     * @param betweenPrompts share of the variance in [0, 1]
     * @param betweenSeeds share of the variance within a prompt, in [0, 1]; the rest
     * @param standardDeviation of the number, all parts together
     * @param medianAbsoluteDeviation the same robustly, not rescaled
     * @param remark empty, or what to know, such as a negative estimate that was set to zero
     */
    public record VarianceSplit(
            MetricId metric,
            Figure betweenPrompts,
            Figure betweenSeeds,
            Figure standardDeviation,
            Figure medianAbsoluteDeviation,
            String remark) {}

    /**
     * Images that failed alike.
     *
     * @param status {@code failed}, {@code moderated} or {@code missing}
     * @param reason as recorded
     * @param phase in which it happened
     * @param images how many
     * @param examples ids of the first few
     */
    public record FailureGroup(String status, String reason, String phase, int images, List<String> examples) {

        public FailureGroup {
            examples = List.copyOf(examples);
        }
    }
}
