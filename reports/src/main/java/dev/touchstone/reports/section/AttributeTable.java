package dev.touchstone.reports.section;

import dev.touchstone.eval.inference.WilsonInterval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.section.ImageScores.ImageAdherence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How often each attribute that was asked for is found, the rarest first. */
final class AttributeTable {

    private AttributeTable() {}

    /** Asked for and found, counted. */
    private static final class Tally {
        private int asked;
        private int found;
    }

    static List<Block> of(RunEvidence evidence) {
        Map<Attribute, Tally> tallies = tallies(evidence);
        if (tallies.isEmpty()) {
            return List.of(Paragraph.of("The scores do not say what was found picture by picture."));
        }
        double level = evidence.evaluation().conditions().level();
        List<Map.Entry<Attribute, Tally>> order = new ArrayList<>(tallies.entrySet());
        order.sort(Comparator.comparingDouble(entry -> entry.getValue().found / (double) entry.getValue().asked));
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<Attribute, Tally> entry : order) {
            Tally tally = entry.getValue();
            Figure share = new Figure.Known(
                    tally.found / (double) tally.asked,
                    "1",
                    Optional.of(Direction.HIGHER_IS_BETTER),
                    tally.asked,
                    Optional.of(WilsonInterval.of(tally.found, tally.asked, level)),
                    "found / asked, Wilson interval over pictures");
            rows.add(List.of(
                    Cell.text(Wording.capital(entry.getKey().id().replace('-', ' '))),
                    Cell.of(Rescaled.percent(share)),
                    Cell.count(tally.found)));
        }
        return List.of(
                new Table(
                        "",
                        List.of(
                                Table.Column.text("Attribute"),
                                Table.Column.number("Found"),
                                Table.Column.number("Pictures that show it")),
                        rows),
                Paragraph.note(
                        "Intervals take pictures as independent; pictures of one prompt are alike, so the truth is wider."));
    }

    private static Map<Attribute, Tally> tallies(RunEvidence evidence) {
        Map<Attribute, Tally> tallies = new EnumMap<>(Attribute.class);
        for (Map.Entry<ImageId, ImageAdherence> entry :
                evidence.scores().adherence().entrySet()) {
            ImageAdherence score = entry.getValue();
            var prompt = evidence.prompts().get(entry.getKey().prompt());
            if (prompt == null) {
                continue;
            }
            prompt.prompt().asks().forEach((attribute, asked) -> {
                if (score.judged().contains(attribute.id())) {
                    Tally tally = tallies.computeIfAbsent(attribute, key -> new Tally());
                    tally.asked++;
                    tally.found += score.missing().containsKey(attribute.id()) ? 0 : 1;
                }
            });
        }
        return tallies;
    }
}
