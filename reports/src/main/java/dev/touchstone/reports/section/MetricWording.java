package dev.touchstone.reports.section;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.Metric.Level;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Metrics;

/** What metrics are called in a report, and what one value of each is about: as the metrics themselves say. */
record MetricWording(Metrics metrics) {

    /** Of the metrics on the class path. */
    static MetricWording installed() {
        return new MetricWording(Metrics.installed());
    }

    /** The title of a metric; of one that is not known here, its id. */
    String title(MetricId id) {
        return metrics.find(id.metric()).map(Metric::title).orElseGet(() -> ofPeople(id));
    }

    /** The title of a metric by its name, whatever its network. */
    String title(String name) {
        return title(MetricId.of(name));
    }

    /** Whether a value is about a set as a whole, so that every cohort is measured against pictures of its own. */
    boolean ofSets(String name) {
        return metrics.find(name).map(metric -> metric.level() == Level.COHORT).orElse(false);
    }

    /** Which way a metric improves; of one that is not known here, down, as distances do. */
    boolean lowerIsBetter(String name) {
        return metrics.find(name)
                .map(metric -> metric.direction() == Direction.LOWER_IS_BETTER)
                .orElse(true);
    }

    private static String ofPeople(MetricId id) {
        return switch (id.metric()) {
            case "human-adherence" -> "Adherence, graded by hand";
            case "human-appeal" -> "Appeal, graded by hand";
            default -> id.toString();
        };
    }
}
