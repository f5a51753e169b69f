package dev.touchstone.eval.score;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Score;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of {@code scores.jsonl}: what one metric says of one image, prompt or cohort.
 *
 * @param subject what was scored
 * @param metric identity of the number; numbers of different ids are never compared
 * @param direction which way is better; empty only in files of before for a metric that is no longer known
 * @param unit of the value, {@code 1} for shares, scores and distances
 * @param figure value, n, interval with its level and method; or why there is no value
 * @param detail further numbers by name, such as {@code floorHigh} or an attribute that was found (1) or not (0)
 * @param seen by the name of an attribute that was not found, what was seen in its place
 */
public record ScoreLine(
        Subject subject,
        MetricId metric,
        Optional<Direction> direction,
        String unit,
        Figure figure,
        SortedMap<String, Double> detail,
        SortedMap<String, String> seen) {

    /** @throws IllegalArgumentException if the unit is blank, or the figure has another unit or direction */
    public ScoreLine {
        if (unit.isBlank()) {
            throw new IllegalArgumentException(metric + ": expected a unit, found none");
        }
        if (figure instanceof Figure.Known known
                && !(known.unit().equals(unit) && known.direction().equals(direction))) {
            throw new IllegalArgumentException(metric + ": expected a value in " + unit + " with direction " + direction
                    + ", found " + known.unit() + " and " + known.direction());
        }
        detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /** What a metric answered about a subject, with details of the stage beside the metric's own parts. */
    static ScoreLine of(Subject subject, Metric metric, MetricResult result, SortedMap<String, Double> further) {
        SortedMap<String, Double> detail = new TreeMap<>(result.parts());
        detail.putAll(further);
        Optional<Direction> direction = Optional.of(metric.direction());
        return new ScoreLine(
                subject,
                result.score().metric(),
                direction,
                metric.unit(),
                figure(result.score(), direction, metric.unit()),
                detail,
                new TreeMap<>(result.seen()));
    }

    private static Figure figure(Score score, Optional<Direction> direction, String unit) {
        if (score instanceof Score.Unscored none) {
            return Figure.Unscored.because(none.reason(), none.n());
        }
        Score.Scored scored = (Score.Scored) score;
        return new Figure.Known(
                scored.value(),
                unit,
                direction,
                scored.n().generated(),
                scored.interval().map(one -> new Interval(one.low(), one.high(), one.level())),
                scored.method());
    }

    /** The number, if there is one. */
    public Optional<Figure.Known> known() {
        return figure.known();
    }
}
