package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.Optional;

/**
 * A line of {@code scores.jsonl}.
 *
 * @param scope what was scored
 * @param axis of a cohort, {@code overall} for all images; empty for images and prompts
 * @param id of the image or prompt, or label of the cohort
 * @param metric id, as in {@code fid[touchstone-1]}
 * @param score the number or why there is none
 */
record ScoreLine(Scope scope, String axis, String id, String metric, SetFigure score) {

    /** What a score is about. */
    enum Scope {
        IMAGE,
        PROMPT,
        COHORT
    }

    /** The number, if there is one. */
    Optional<Figure.Known> known() {
        return score.figure().known();
    }

    /** Which way the metric improves; empty for a metric that nobody told us about. */
    static Optional<Direction> direction(String metric) {
        String name = metric.contains("[") ? metric.substring(0, metric.indexOf('[')) : metric;
        return switch (name) {
            case "adherence", "lpips-diversity", "human-adherence", "human-appeal" ->
                Optional.of(Direction.HIGHER_IS_BETTER);
            case "fid", "kid", "lpips-target", "lpips-reference" -> Optional.of(Direction.LOWER_IS_BETTER);
            default -> Optional.empty();
        };
    }
}
