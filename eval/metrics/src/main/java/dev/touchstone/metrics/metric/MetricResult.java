package dev.touchstone.metrics.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a metric answers.
 *
 * @param score the number, or why there is none
 * @param parts further numbers by name, as {@code precision} or an attribute that was found, in a fixed order
 * @param seen by the name of a part, what was seen in its place
 * @param values one number per picture, where the metric of a set is made of such
 * @param remarks what a careful reader should know, one sentence each
 */
public record MetricResult(
        Score score, Map<String, Double> parts, Map<String, String> seen, List<Double> values, List<String> remarks) {

    public MetricResult {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
        values = List.copyOf(values);
        remarks = List.copyOf(remarks);
    }

    /** A score alone. */
    public static MetricResult of(Score score) {
        return new MetricResult(score, Map.of(), Map.of(), List.of(), List.of());
    }

    /** A score with parts and remarks. */
    public static MetricResult of(Score score, Map<String, Double> parts, List<String> remarks) {
        return new MetricResult(score, parts, Map.of(), List.of(), remarks);
    }
}
