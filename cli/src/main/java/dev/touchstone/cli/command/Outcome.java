package dev.touchstone.cli.command;

import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What a run came to, in a few lines for a terminal. */
final class Outcome {

    private Outcome() {}

    static String of(RunFolder folder, Labels labels, Evaluation evaluation, Path report) {
        CohortSummary overall = evaluation.cohort(CohortKey.OVERALL).orElseThrow();
        StringBuilder text = new StringBuilder();
        row(
                text,
                "images",
                overall.counts().complete() + " of " + overall.counts().images());
        overall.latencies().stream()
                .filter(latency -> latency.measure().equals("end-to-end"))
                .findFirst()
                .ifPresent(latency -> {
                    for (Map.Entry<String, Figure> quantile :
                            latency.quantiles().entrySet()) {
                        if (quantile.getValue() instanceof Figure.Known) {
                            row(text, "request " + quantile.getKey(), say(quantile.getValue()));
                        }
                    }
                });
        row(text, "usable", say(overall.quality().usability().rate()));
        row(text, "cost per image", say(overall.cost().perImage()));
        row(text, "cost per usable image", say(overall.cost().perUsableImage()));
        overall.quality().metrics().forEach((metric, score) -> row(text, metric.toString(), say(score.figure())));
        LabelCounts counts = labels.counts();
        if (counts.stale() > 0) {
            row(text, "stale votes", counts.stale() + " set aside: their pictures have changed");
        }
        if (counts.ties() > 0) {
            row(text, "ties", Integer.toString(counts.ties()));
        }
        row(text, "report", report.toString());
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(text.isEmpty() ? "" : "\n").append(String.format(Locale.ROOT, "  %-34s %s", name, value));
    }

    private static String say(Figure figure) {
        if (figure instanceof Figure.Known known) {
            String interval = known.interval()
                    .filter(bounds -> Double.isFinite(bounds.lower()) && Double.isFinite(bounds.upper()))
                    .map(bounds -> " (" + number(bounds.lower()) + " to " + number(bounds.upper()) + ")")
                    .orElse("");
            return number(known.value()) + (known.unit().equals("1") ? "" : " " + known.unit()) + interval + ", n = "
                    + known.n();
        }
        if (figure instanceof Figure.AtLeast bound) {
            return "at least " + number(bound.bound()) + " " + bound.unit();
        }
        Figure.Unscored unscored = (Figure.Unscored) figure;
        return "unscored: " + unscored.reason();
    }

    /** Four significant digits. */
    private static String number(double value) {
        if (value == 0) {
            return "0";
        }
        int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(digits, 12) + "f", value);
    }
}
