package dev.touchstone.eval.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.eval.result.CohortSummary.Cost;
import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.eval.result.CohortSummary.FailureGroup;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.CohortSummary.Quality;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.CohortSummary.Usability;
import dev.touchstone.eval.result.CohortSummary.VarianceSplit;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.metric.MetricId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cohort's summary as JSON, both ways. */
final class CohortJson {

    private CohortJson() {}

    static ObjectNode write(CohortSummary cohort) {
        ObjectNode json = Json.object();
        json.put("cohort", cohort.key().toString());
        ObjectNode labels = json.putObject("labels");
        cohort.key().labels().forEach((axis, label) -> labels.put(axis.id(), label));
        Counts counts = cohort.counts();
        json.putObject("counts")
                .put("prompts", counts.prompts())
                .put("images", counts.images())
                .put("complete", counts.complete())
                .put("failed", counts.failed())
                .put("moderated", counts.moderated())
                .put("missing", counts.missing());
        ArrayNode latencies = json.putArray("latencies");
        for (Latency latency : cohort.latencies()) {
            ObjectNode one = latencies.addObject().put("measure", latency.measure());
            one.set("mean", FigureJson.write(latency.mean()));
            latency.quantiles().forEach((name, figure) -> one.set(name, FigureJson.write(figure)));
        }
        json.set("throughput", FigureJson.write(cohort.throughput()));
        Cost cost = cohort.cost();
        ObjectNode costs = json.putObject("cost")
                .put("requests", cost.requests())
                .put("overhead", cost.overhead())
                .put("total", cost.total());
        costs.set("perImage", FigureJson.write(cost.perImage()));
        costs.set("perUsableImage", FigureJson.write(cost.perUsableImage()));
        json.set("quality", write(cohort.quality()));
        ArrayNode failures = json.putArray("failures");
        for (FailureGroup failure : cohort.failures()) {
            ObjectNode one = failures.addObject()
                    .put("status", failure.status())
                    .put("reason", failure.reason())
                    .put("phase", failure.phase())
                    .put("images", failure.images());
            ArrayNode examples = one.putArray("examples");
            failure.examples().forEach(examples::add);
        }
        return json;
    }

    private static ObjectNode write(Quality quality) {
        ObjectNode json = Json.object();
        Usability usability = quality.usability();
        ObjectNode usable = json.putObject("usability");
        usable.set("rate", FigureJson.write(usability.rate()));
        usable.put("usable", usability.usable())
                .put("rejected", usability.rejected())
                .put("ties", usability.ties())
                .put("unjudged", usability.unjudged());
        ObjectNode metrics = json.putObject("metrics");
        quality.metrics().forEach((metric, figure) -> {
            ObjectNode one = FigureJson.write(figure.figure());
            if (!figure.detail().isEmpty()) {
                ObjectNode detail = one.putObject("detail");
                figure.detail().forEach(detail::put);
            }
            metrics.set(metric.toString(), one);
        });
        ArrayNode variances = json.putArray("variances");
        for (VarianceSplit split : quality.variances()) {
            ObjectNode one = variances.addObject().put("metric", split.metric().toString());
            one.set("betweenPrompts", FigureJson.write(split.betweenPrompts()));
            one.set("betweenSeeds", FigureJson.write(split.betweenSeeds()));
            one.set("standardDeviation", FigureJson.write(split.standardDeviation()));
            one.set("medianAbsoluteDeviation", FigureJson.write(split.medianAbsoluteDeviation()));
            one.put("remark", split.remark());
        }
        ObjectNode flaws = json.putObject("flaws");
        quality.flaws().forEach(flaws::put);
        return json;
    }

    static CohortSummary read(JsonRecord json) {
        JsonRecord counts = json.object("counts");
        JsonRecord cost = json.object("cost");
        return new CohortSummary(
                key(json.object("labels")),
                new Counts(
                        counts.count("prompts"),
                        counts.count("complete"),
                        counts.count("failed"),
                        counts.count("moderated"),
                        counts.count("missing")),
                json.objects("latencies").stream().map(CohortJson::latency).toList(),
                FigureJson.read(json.object("throughput")),
                new Cost(
                        cost.number("requests"),
                        cost.number("overhead"),
                        FigureJson.read(cost.object("perImage")),
                        FigureJson.read(cost.object("perUsableImage"))),
                quality(json.object("quality")),
                json.objects("failures").stream().map(CohortJson::failure).toList());
    }

    private static CohortKey key(JsonRecord json) {
        SortedMap<CohortAxis, String> labels = new TreeMap<>();
        json.texts()
                .forEach((id, label) -> labels.put(
                        Arrays.stream(CohortAxis.values())
                                .filter(axis -> axis.id().equals(id))
                                .findFirst()
                                .orElseThrow(() -> json.wrong(id, "a cohort axis", "\"" + id + "\"")),
                        label));
        return new CohortKey(labels);
    }

    private static Latency latency(JsonRecord json) {
        SortedMap<String, Figure> quantiles = new TreeMap<>();
        for (String name : keys(json)) {
            if (name.matches("p[0-9]+")) {
                quantiles.put(name, FigureJson.read(json.object(name)));
            }
        }
        return new Latency(json.text("measure"), FigureJson.read(json.object("mean")), quantiles);
    }

    private static Quality quality(JsonRecord json) {
        JsonRecord usability = json.object("usability");
        JsonRecord metrics = json.object("metrics");
        SortedMap<MetricId, SetFigure> figures = new TreeMap<>();
        for (String metric : keys(metrics)) {
            JsonRecord one = metrics.object(metric);
            SortedMap<String, Double> detail = new TreeMap<>();
            if (one.has("detail")) {
                JsonRecord numbers = one.object("detail");
                keys(numbers).forEach(name -> detail.put(name, numbers.number(name)));
            }
            figures.put(id(one, metric), new SetFigure(FigureJson.read(one), detail));
        }
        SortedMap<String, Integer> flaws = new TreeMap<>();
        JsonRecord counted = json.object("flaws");
        keys(counted).forEach(flaw -> flaws.put(flaw, counted.count(flaw)));
        return new Quality(
                new Usability(
                        FigureJson.read(usability.object("rate")),
                        usability.count("usable"),
                        usability.count("rejected"),
                        usability.count("ties"),
                        usability.count("unjudged")),
                figures,
                json.objects("variances").stream().map(CohortJson::variance).toList(),
                flaws);
    }

    private static VarianceSplit variance(JsonRecord json) {
        return new VarianceSplit(
                id(json, json.text("metric")),
                FigureJson.read(json.object("betweenPrompts")),
                FigureJson.read(json.object("betweenSeeds")),
                FigureJson.read(json.object("standardDeviation")),
                FigureJson.read(json.object("medianAbsoluteDeviation")),
                json.text("remark"));
    }

    private static MetricId id(JsonRecord json, String text) {
        try {
            return MetricId.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.wrong("metric", "name or name[features]", "\"" + text + "\"");
        }
    }

    private static FailureGroup failure(JsonRecord json) {
        List<String> examples = new ArrayList<>();
        json.node().path("examples").forEach(example -> examples.add(example.asText()));
        return new FailureGroup(
                json.text("status"), json.text("reason"), json.text("phase"), json.count("images"), examples);
    }

    private static List<String> keys(JsonRecord json) {
        List<String> keys = new ArrayList<>();
        json.node().fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
