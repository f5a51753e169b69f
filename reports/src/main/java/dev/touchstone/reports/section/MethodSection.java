package dev.touchstone.reports.section;

import dev.touchstone.eval.result.Evaluation.Conditions;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import java.util.ArrayList;
import java.util.List;

/** What every number means and how it was computed. */
final class MethodSection implements SectionWriter {

    @Override
    public Section write(RunEvidence evidence) {
        Conditions conditions = evidence.evaluation().conditions();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(
                "The prompt is the unit of replication: pictures of one prompt are alike, so intervals are over prompts:"
                        + " Student\u2019s t below 60 of them, a BCa bootstrap from there on, none below 5, unless they say"
                        + " otherwise. Intervals are two-sided at "
                        + Decimals.of(100 * conditions.level(), 0)
                        + " %. Bootstraps draw " + Decimals.of((long) conditions.replicates()) + " samples from seed "
                        + conditions.seed()
                        + ". n is the number of observations behind a number: requests for times, pictures for"
                        + " quality and money. What is undefined is said in words and is neither 0 nor left out."));
        List<List<Cell>> rows = new ArrayList<>();
        row(
                rows,
                "End-to-end latency",
                "Delivered of a request\u2019s last image minus its intended start, in seconds.");
        row(rows, "Time to first image", "First whole image minus intended start, in seconds.");
        row(
                rows,
                "Quantiles p50 to p99",
                "Hyndman\u2013Fan type 7; limits are order statistics, free of assumptions on the"
                        + " distribution. Withheld below the smallest n with limits on both sides: 6 for p50, 36 for p90, 72 for p95,"
                        + " 368 for p99 at 95 %.");
        row(
                rows,
                "Phases",
                "Seconds from one event of a request to the next; they do not overlap, and what they leave over is"
                        + " shown as other.");
        row(
                rows,
                "Throughput",
                "Run: complete images over the time from the first intended start to the last delivery, with an"
                        + " interval over blocks of consecutive requests."
                        + " Cohort: complete images over the service time of its requests.");
        row(
                rows,
                "Usable rate",
                "Pictures whose merged verdict is \u201cI can use this\u201d over pictures with a verdict; ties and"
                        + " unjudged pictures are in neither.");
        row(rows, "Cost per image", PaidFor.definition(evidence));
        row(
                rows,
                "Cost per usable image",
                "Cost per image over the usable rate; the interval knows that both vary from prompt to prompt, and"
                        + " together. With no usable picture only a lower end is known, printed as \u201cat least\u201d.");
        row(
                rows,
                "Adherence",
                "Share of the attributes a prompt asks for that the named network finds in the picture.");
        row(
                rows,
                "FID",
                "Fr\u00e9chet distance between Gaussians fitted to the features of both sets (Heusel et al. 2017). "
                        + SmallSets.words());
        row(
                rows,
                "KID",
                "Unbiased squared maximum mean discrepancy with the cubic kernel (Bi\u0144kowski et al. 2018) over pairs of"
                        + " pictures of different prompts; may be slightly negative.");
        row(
                rows,
                "Noise floor",
                "Golden against golden at the run\u2019s design: as many golden pictures, grouped by what the prompts ask as those"
                        + " of one prompt are, against all others; mean and 95th percentile of 200 draws.");
        row(
                rows,
                "LPIPS",
                "Distance of activations, layer by layer (Zhang et al. 2018): to the expected target of an edit, to the"
                        + " golden reference of the scene, or between pictures of one prompt.");
        row(
                rows,
                "Spread",
                "Variance components by moments: between prompts, and between seeds of one prompt; with the median"
                        + " absolute deviation as a robust companion.");
        row(
                rows,
                "Agreement",
                "Krippendorff\u2019s alpha and Gwet\u2019s AC1 over pictures that two reviewers or more judged.");
        blocks.add(new Table("", List.of(Table.Column.text("Number"), Table.Column.text("Definition")), rows));
        blocks.add(new Section("method-ids", "Names and n of the metrics in this run", List.of(metrics(evidence))));
        return new Section("method", "Method", blocks);
    }

    private static void row(List<List<Cell>> rows, String name, String definition) {
        rows.add(List.of(Cell.text(name), Cell.text(definition)));
    }

    private static Block metrics(RunEvidence evidence) {
        List<List<Cell>> rows = new ArrayList<>();
        MetricWording wording = MetricWording.installed();
        evidence.overall()
                .quality()
                .metrics()
                .forEach((id, figure) -> rows.add(List.of(
                        Cell.text(wording.title(id)),
                        new Cell.Code(id.toString()),
                        Cell.count(figure.figure().n()),
                        Cell.text(figure.figure()
                                .known()
                                .map(known -> known.method())
                                .orElse("no number")))));
        if (rows.isEmpty()) {
            return Paragraph.of("The run is not scored.");
        }
        return new Table(
                "",
                List.of(
                        Table.Column.text("Metric"),
                        Table.Column.text("Id, with its network"),
                        Table.Column.number("n"),
                        Table.Column.text("Computed as")),
                rows);
    }
}
