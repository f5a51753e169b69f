package dev.touchstone.metrics.metric;

import java.util.stream.Collectors;

/** The metrics as a table in Markdown, as {@code docs/metrics.md} holds it. */
public final class MetricTable {

    private MetricTable() {}

    /** A row for each metric, in order; lines end with {@code \n}. */
    public static String markdown(Metrics metrics) {
        StringBuilder table = new StringBuilder(
                "| metric | config name | better | unit | one value per | fewest images | reads | used | value | none where |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|\n");
        for (Metric metric : metrics.all()) {
            table.append("| ")
                    .append(String.join(
                            " | ",
                            metric.title(),
                            "`" + metric.name() + "`",
                            metric.direction() == Direction.LOWER_IS_BETTER ? "lower" : "higher",
                            metric.unit(),
                            metric.level().id(),
                            fewest(metric),
                            metric.reads().stream()
                                    .sorted()
                                    .map(Reads::toString)
                                    .collect(Collectors.joining(", ")),
                            used(metric),
                            metric.definition(),
                            metric.undefined()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String fewest(Metric metric) {
        return metric instanceof SetMetric set && set.fewestReference() > 0
                ? set.fewest() + " and " + set.fewestReference()
                : Integer.toString(metric.fewest());
    }

    private static String used(Metric metric) {
        boolean inRuns = Metrics.OF_A_RUN.containsAll(metric.reads());
        boolean onFolders = Metrics.OF_FOLDERS.containsAll(metric.reads());
        return inRuns ? onFolders ? "runs, `measure`" : "runs" : onFolders ? "`measure`" : "in code";
    }
}
