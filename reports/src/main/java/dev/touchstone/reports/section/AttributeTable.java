package dev.touchstone.reports.section;

import dev.touchstone.eval.inference.RateEstimate;
import dev.touchstone.eval.result.CohortSummary.SetFigure;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.section.ImageScores.ImageAdherence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each attribute that was asked for is found, the rarest first, beside what the judge finds where it surely is. */
final class AttributeTable {

    private AttributeTable() {}

    static List<Block> of(RunEvidence evidence) {
        Map<Attribute, Map<PromptId, List<Double>>> found = found(evidence);
        if (found.isEmpty()) {
            return List.of(Paragraph.of("The scores do not say what was found picture by picture."));
        }
        double level = evidence.evaluation().conditions().level();
        SortedMap<String, Double> ceilings = ceilings(evidence);
        Map<Attribute, RateEstimate> shares = new EnumMap<>(Attribute.class);
        found.forEach((attribute, prompts) -> shares.put(attribute, RateEstimate.of(groups(prompts))));
        List<Map.Entry<Attribute, RateEstimate>> order = new ArrayList<>(shares.entrySet());
        order.sort(Comparator.comparingDouble(entry -> entry.getValue().value()));
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<Attribute, RateEstimate> entry : order) {
            RateEstimate estimate = entry.getValue();
            Figure share = new Figure.Known(
                    estimate.value(),
                    "1",
                    Optional.of(Direction.HIGHER_IS_BETTER),
                    estimate.sample().n(),
                    Optional.of(estimate.interval(level)),
                    "found / asked, " + estimate.method());
            rows.add(List.of(
                    new Cell.Text(
                            Wording.capital(entry.getKey().id().replace('-', ' ')), Wording.prompts(estimate.units())),
                    Cell.of(Rescaled.percent(share)),
                    ceiling(ceilings, entry.getKey()),
                    Cell.count(Math.round(estimate.value() * estimate.sample().n()))));
        }
        return List.of(
                new Table(
                        "",
                        List.of(
                                Table.Column.text("Attribute"),
                                Table.Column.number("Found"),
                                Table.Column.number("The judge\u2019s ceiling"),
                                Table.Column.number("Pictures that show it")),
                        rows),
                Paragraph.note(
                        "Intervals are over prompts. The ceiling is how often the judge reads the attribute right in golden"
                                + " pictures, where it surely is: a share near it is as good as this judge can tell."));
    }

    private static Cell ceiling(SortedMap<String, Double> ceilings, Attribute attribute) {
        Double share = ceilings.get(Adherence.CEILING + attribute.id());
        Double n = ceilings.get(Adherence.CEILING_N + attribute.id());
        return share == null || n == null
                ? Cell.text("not measured")
                : new Cell.Text(Decimals.of(100 * share, 1) + "\u00a0%", "n\u00a0" + Decimals.of(Math.round(n)));
    }

    private static SortedMap<String, Double> ceilings(RunEvidence evidence) {
        return evidence.overall().quality().metrics().entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(Adherence.METRIC))
                .map(Map.Entry::getValue)
                .map(SetFigure::detail)
                .findFirst()
                .orElseGet(TreeMap::new);
    }

    private static double[][] groups(Map<PromptId, List<Double>> prompts) {
        return prompts.values().stream()
                .map(values -> values.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    /** By attribute and prompt: 1 for every picture that shows it, 0 for every other. */
    private static Map<Attribute, Map<PromptId, List<Double>>> found(RunEvidence evidence) {
        Map<Attribute, Map<PromptId, List<Double>>> found = new EnumMap<>(Attribute.class);
        for (Map.Entry<ImageId, ImageAdherence> entry :
                evidence.scores().adherence().entrySet()) {
            ImageAdherence score = entry.getValue();
            PromptId id = entry.getKey().prompt();
            var prompt = evidence.prompts().get(id);
            if (prompt == null) {
                continue;
            }
            prompt.prompt().asks().forEach((attribute, asked) -> {
                if (score.judged().contains(attribute.id())) {
                    found.computeIfAbsent(attribute, key -> new LinkedHashMap<>())
                            .computeIfAbsent(id, key -> new ArrayList<>())
                            .add(score.missing().containsKey(attribute.id()) ? 0.0 : 1.0);
                }
            });
        }
        return found;
    }
}
