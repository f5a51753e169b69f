package dev.touchstone.metrics.metric;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a number: the metric, and in brackets the features or network it was computed with, as in
 * {@code fid[touchstone-1]}. Numbers of different ids are never compared.
 *
 * @param metric short name, {@code [a-z0-9-]+}
 * @param features name of the features or network; empty for metrics on pixels
 */
public record MetricId(String metric, Optional<String> features) implements Comparable<MetricId> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+)(?:\\[([a-z0-9-]+)])?");

    /** @throws IllegalArgumentException if a name has other characters than {@code [a-z0-9-]} */
    public MetricId {
        if (!NAME.matcher(metric).matches()
                || features.isPresent() && !NAME.matcher(features.get()).matches()) {
            throw new IllegalArgumentException("metric id: expected names of [a-z0-9-]+, found \"" + metric + "\""
                    + features.map(f -> " on \"" + f + "\"").orElse(""));
        }
    }

    /** A metric on pixels. */
    public static MetricId of(String metric) {
        return new MetricId(metric, Optional.empty());
    }

    /** A metric on features. */
    public static MetricId of(String metric, String features) {
        return new MetricId(metric, Optional.of(features));
    }

    /**
     * Reads what {@link #toString()} writes.
     *
     * @throws IllegalArgumentException if the text is not {@code name} or {@code name[features]}
     */
    public static MetricId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("metric id: expected name or name[features], found \"" + text + "\"");
        }
        return new MetricId(matcher.group(1), Optional.ofNullable(matcher.group(2)));
    }

    @Override
    public int compareTo(MetricId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return metric + features.map(f -> "[" + f + "]").orElse("");
    }
}
