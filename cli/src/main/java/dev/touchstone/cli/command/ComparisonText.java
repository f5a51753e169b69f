package dev.touchstone.cli.command;

import dev.touchstone.eval.compare.Comparison;
import dev.touchstone.eval.compare.Comparison.CohortDifferences;
import dev.touchstone.eval.compare.Conditions;
import dev.touchstone.eval.compare.Difference;
import dev.touchstone.eval.compare.Difference.Change;
import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import java.util.List;
import java.util.Locale;

/** A comparison for a terminal: the headline, all images in full, of the cohorts what moved, and the rules that fired. */
final class ComparisonText {

    private final Comparison comparison;
    private final boolean all;
    private final StringBuilder text = new StringBuilder();

    /** @param all also of cohorts what is open, and every phase */
    ComparisonText(Comparison comparison, boolean all) {
        this.comparison = comparison;
        this.all = all;
    }

    @Override
    public String toString() {
        text.setLength(0);
        Conditions conditions = comparison.conditions();
        line(conditions.headline());
        line("");
        line(new Table()
                .row("base", comparison.base().run().value())
                .row("candidate", comparison.candidate().run().value())
                .row("in both", coverage())
                .toString());
        if (!conditions.irrelevant().isEmpty()) {
            line("should not matter: "
                    + String.join(
                            ", ",
                            conditions.irrelevant().stream()
                                    .map(Conditions.Change::name)
                                    .toList()));
        }
        comparison.cohorts().forEach(this::cohort);
        if (!comparison.cohorts().isEmpty()) {
            line("");
            line("Intervals are over prompts. What differs from run to run on the same machine is not in them.");
        }
        falseWins();
        return text.toString().stripTrailing();
    }

    private String coverage() {
        Comparison.Coverage coverage = comparison.coverage();
        String images = coverage.prompts() + " prompts, " + coverage.images() + " pairs of images, "
                + coverage.identical() + " of them the same byte for byte";
        return coverage.baseOnly() + coverage.candidateOnly() == 0
                ? images
                : images + "; " + coverage.baseOnly() + " prompts only in the base, " + coverage.candidateOnly()
                        + " only in the candidate";
    }

    private void cohort(CohortDifferences cohort) {
        boolean overall = cohort.cohort().equals(CohortKey.OVERALL);
        List<Difference> shown = cohort.differences().stream()
                .filter(difference -> all || (overall ? !isDetail(difference) : moved(difference)))
                .toList();
        line("");
        line(cohort.cohort() + " (" + cohort.prompts() + " prompts)");
        if (shown.isEmpty()) {
            line("  nothing that its interval tells from 0");
            return;
        }
        Table table = new Table().row("  metric", "base", "candidate", "difference", "95 % interval", "");
        for (Difference one : shown) {
            if (one instanceof Measured measured) {
                boolean byItself = measured.base() == 0 && measured.difference() == measured.candidate();
                table.row(
                        "  " + measured.metric(),
                        byItself ? "" : number(measured.base(), measured.unit()),
                        byItself ? "" : number(measured.candidate(), measured.unit()),
                        signed(measured.difference(), measured.unit()),
                        measured.interval().map(this::interval).orElse("none"),
                        word(measured));
            } else if (one instanceof Unmeasured none) {
                table.row("  " + none.metric(), "", "", "", "", none.reason());
            }
        }
        line(table.toString());
    }

    /** What a first reading can do without. */
    private static boolean isDetail(Difference difference) {
        String metric = difference.metric();
        boolean part = metric.startsWith("latency.phase.") || metric.startsWith("latency.service");
        boolean open = !(difference instanceof Measured measured) || measured.change() == Change.OPEN;
        return part && (open || metric.matches(".*\\.p\\d+"));
    }

    /** Of times one will do for a cohort; the whole table has all of them. */
    private static boolean moved(Difference difference) {
        String metric = difference.metric();
        boolean time = metric.startsWith("latency.") && !metric.equals("latency.end-to-end.mean");
        return difference instanceof Measured measured && measured.change() != Change.OPEN && !time;
    }

    private static String word(Measured measured) {
        return switch (measured.change()) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case OPEN ->
                switch (measured.use()) {
                    case DECIDES -> "open";
                    case EXPLAINS -> "explains";
                    case SHOWN -> "shown, decides nothing";
                };
        };
    }

    private void falseWins() {
        if (comparison.falseWins().isEmpty()) {
            return;
        }
        line("");
        line("ways of a false win");
        for (FalseWin win : comparison.falseWins()) {
            line("  " + win.severity().id() + " " + win.id() + ": " + win.evidence());
            line("    " + win.remedy());
        }
    }

    private String interval(Interval interval) {
        return bound(interval.lower()) + " to " + bound(interval.upper());
    }

    private static String bound(double value) {
        return Double.isInfinite(value) ? "unbounded" : (value > 0 ? "+" : "") + digits(value);
    }

    private static String signed(double value, String unit) {
        return (value > 0 ? "+" : "") + number(value, unit);
    }

    private static String number(double value, String unit) {
        return digits(value) + (unit.equals("1") ? "" : " " + unit);
    }

    /** Three significant digits, as plain decimals down to millionths. */
    private static String digits(double value) {
        if (value == 0) {
            return "0";
        }
        int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
        return decimals > 9
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
