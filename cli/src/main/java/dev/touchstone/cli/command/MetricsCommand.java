package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.pipeline.Project;
import dev.touchstone.generator.manifest.ManifestSchema;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricTable;
import dev.touchstone.metrics.metric.Metrics;
import dev.touchstone.metrics.metric.Reads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The metrics on the class path. */
@Command(
        name = "metrics",
        mixinStandardHelpOptions = true,
        description = "List the metrics that there are, what they read, and where they can be used.")
final class MetricsCommand implements Callable<Integer> {

    @Option(names = "--schema", description = "Print the JSON schema of manifests, with the names of these metrics.")
    boolean schema;

    @Option(names = "--markdown", description = "Print them as a table in Markdown.")
    boolean markdown;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        Metrics metrics = Metrics.installed();
        if (schema) {
            System.out.print(Json.pretty(
                    ManifestSchema.of(Project.here().home().resolve("docs/schema/manifest-1.json"), metrics)));
        } else if (markdown) {
            System.out.print(MetricTable.markdown(metrics));
        } else if (common.json) {
            ArrayNode list = Json.object().putArray("metrics");
            metrics.all().forEach(metric -> list.add(json(metric)));
            System.out.println(Json.line(Json.object().set("metrics", list)));
        } else {
            metrics.all().forEach(MetricsCommand::print);
        }
        return 0;
    }

    private static ObjectNode json(Metric metric) {
        ObjectNode json = Json.object()
                .put("name", metric.name())
                .put("title", metric.title())
                .put("direction", direction(metric))
                .put("unit", metric.unit())
                .put("level", metric.level().id())
                .put("fewest", metric.fewest());
        ArrayNode reads = json.putArray("reads");
        sorted(metric.reads()).forEach(read -> reads.add(read.toString()));
        return json.put("inRuns", Metrics.OF_A_RUN.containsAll(metric.reads()))
                .put("onFolders", Metrics.OF_FOLDERS.containsAll(metric.reads()))
                .put("definition", metric.definition())
                .put("undefined", metric.undefined());
    }

    private static void print(Metric metric) {
        System.out.printf(
                java.util.Locale.ROOT,
                "%-16s %-26s %s is better, per %s; %s%n",
                metric.name(),
                metric.title(),
                direction(metric),
                metric.level().id(),
                where(metric));
    }

    private static String direction(Metric metric) {
        return metric.direction() == Direction.LOWER_IS_BETTER ? "lower" : "higher";
    }

    private static String where(Metric metric) {
        boolean inRuns = Metrics.OF_A_RUN.containsAll(metric.reads());
        boolean onFolders = Metrics.OF_FOLDERS.containsAll(metric.reads());
        return inRuns && onFolders
                ? "in runs and on folders"
                : inRuns ? "in runs" : onFolders ? "on folders" : "nowhere";
    }

    private static List<Reads> sorted(Set<Reads> reads) {
        return reads.stream().sorted().toList();
    }
}
