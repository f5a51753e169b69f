package dev.touchstone.reports.format;

import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.reports.chart.IntervalChart;
import dev.touchstone.reports.chart.LatencyChart;
import dev.touchstone.reports.chart.StackChart;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Callout;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Gallery;
import dev.touchstone.reports.model.KeyValues;
import dev.touchstone.reports.model.Listing;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.ReportDocument;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.model.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A document with every kind of block, made by hand. */
final class SampleDocument {

    static final String HOSTILE = "a \"cat\" <script>alert(1)</script> & 'dog' \u202Egnp.exe\u202C \u0000";

    private SampleDocument() {}

    static Figure known(double value, String unit, double lower, double upper, long n) {
        return new Figure.Known(
                value,
                unit,
                Optional.of(Direction.LOWER_IS_BETTER),
                n,
                Optional.of(new Interval(lower, upper, 0.95)),
                "type 7 quantile, order-statistic limits");
    }

    /** Without charts, whose text measures depend on the fonts of a machine. */
    static ReportDocument small() {
        List<Block> blocks = List.of(
                Paragraph.of("A prompt of a stranger: " + HOSTILE),
                Paragraph.note("Numbers carry their n."),
                new Callout(Tone.CAUTION, "Not every image is judged", List.of("12 of 240 images have no verdict.")),
                new KeyValues(
                        List.of(
                                new KeyValues.Entry("p50", Cell.of(known(1.2345, "s", 1.1, 1.4, 120))),
                                new KeyValues.Entry("Images", Cell.count(12345))),
                        KeyValues.Emphasis.HEADLINE),
                new Listing("A file", "steps: 12\n<b>: 'x'\n"),
                new KeyValues(
                        List.of(new KeyValues.Entry("Digest", new Cell.Code("ab12cd34"))), KeyValues.Emphasis.LIST),
                new Section(
                        "part",
                        "A part",
                        List.of(new Table(
                                "Undefined numbers",
                                List.of(Table.Column.text("Cohort"), Table.Column.number("Figure")),
                                List.of(
                                        List.of(
                                                new Cell.Text("portrait", "24 prompts"),
                                                Cell.of(new Figure.Unscored("withheld", 120, Optional.of(368L)))),
                                        List.of(Cell.text("probes"), Cell.of(Figure.Unscored.because("no labels", 0))),
                                        List.of(
                                                Cell.text("art"),
                                                Cell.of(new Figure.AtLeast(
                                                        0.031, "USD", Optional.empty(), 24, 0.95, "Wilson"))),
                                        List.of(
                                                new Cell.Badge("failed", Tone.BAD),
                                                new Cell.Measured(
                                                        known(-0.0012, "1", -0.0034, 0.001, 1000),
                                                        new Cell.Shade(-0.5))))))),
                new Gallery(List.of(new Gallery.Picture(
                        Optional.empty(),
                        "pr-001.0",
                        HOSTILE,
                        List.of(new Cell.Badge("rejected", Tone.BAD)),
                        List.of("asked blue, not found")))));
        return new ReportDocument(
                "sample", "One line about it.", "Made by hand.", List.of(new Section("all", "Every block", blocks)));
    }

    /** With charts and pictures. */
    static ReportDocument large(Path folder) throws IOException {
        List<Block> charts = new ArrayList<>();
        List<String> cohorts = List.of(
                "All images",
                "portrait-realism",
                "stylised-art",
                "marketing-assets",
                "edit-workflows",
                "failure-probes");
        Table data = new Table(
                "Seconds per request",
                List.of(Table.Column.text("Cohort"), Table.Column.number("Median"), Table.Column.number("p99")),
                cohorts.stream()
                        .map(name -> List.of(
                                Cell.text(name),
                                Cell.of(known(1.23, "s", 1.1, 1.4, 24)),
                                Cell.of(new Figure.Unscored("withheld", 24, Optional.of(368L)))))
                        .toList());
        Random random = new Random(7);
        List<LatencyChart.Row> latencies = cohorts.stream()
                .map(name -> new LatencyChart.Row(
                        name,
                        random.doubles(name.startsWith("All") ? 120 : 24)
                                .map(x -> 0.8 + 0.5 * x * x * x + 0.1 * random.nextGaussian())
                                .toArray()))
                .toList();
        LatencyChart.of("latency", "End-to-end latency", latencies).ifPresent(charts::add);
        List<StackChart.Row> stacks = cohorts.stream()
                .map(name -> new StackChart.Row(name, "", List.of(0.02, 0.9 * random.nextDouble(), 0.15, 0.03), ""))
                .toList();
        StackChart.of(
                        "phases",
                        new StackChart.Layout(
                                "Where the time goes",
                                "Mean seconds per request in each phase.",
                                "seconds",
                                "s",
                                List.of(
                                        new StackChart.Part("encoding", StackChart.Hue.VIOLET),
                                        new StackChart.Part("sampling", StackChart.Hue.BLUE),
                                        new StackChart.Part("decoding", StackChart.Hue.SKY),
                                        new StackChart.Part("saving", StackChart.Hue.GREEN))),
                        stacks,
                        data)
                .ifPresent(charts::add);
        List<IntervalChart.Row> costs = new ArrayList<>();
        for (String name : cohorts) {
            double value = 0.02 + 0.05 * random.nextDouble();
            costs.add(new IntervalChart.Row(
                    name,
                    known(value, "USD per 1,000", value * 0.7, value * 1.6, 48),
                    Optional.of(new IntervalChart.Floor(0.02, 0.03, 48))));
        }
        costs.set(
                3,
                new IntervalChart.Row(
                        "marketing-assets",
                        new Figure.AtLeast(0.04, "USD per 1,000", Optional.empty(), 48, 0.95, "Wilson"),
                        Optional.empty()));
        costs.set(
                4, new IntervalChart.Row("edit-workflows", Figure.Unscored.because("no labels", 0), Optional.empty()));
        IntervalChart.of(
                        "cost",
                        new IntervalChart.Layout(
                                "Cost per usable image",
                                "The dot is the estimate, the line its 95 % interval.",
                                "USD per 1,000 usable images"),
                        costs,
                        data)
                .ifPresent(charts::add);
        List<Gallery.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Path file = folder.resolve("picture-" + i + ".png");
            Files.write(file, PngFile.encode(gradient(i)));
            pictures.add(new Gallery.Picture(
                    Optional.of(file),
                    "pr-00" + i + ".0",
                    "a smiling woman with short brown hair and round glasses, light from the left",
                    List.of(new Cell.Badge(i % 3 == 0 ? "rejected" : "usable", i % 3 == 0 ? Tone.BAD : Tone.GOOD)),
                    List.of("adherence 5 of 7")));
        }
        return new ReportDocument(
                "sample",
                "One line about it.",
                "Made by hand.",
                List.of(
                        new Section(
                                "all", "Every block", small().sections().get(0).blocks()),
                        new Section("charts", "Charts", charts),
                        new Section("pictures", "Pictures", List.of(new Gallery(pictures)))));
    }

    private static RgbImage gradient(int index) {
        byte[] rgb = new byte[64 * 64 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 192 * 3 + index * 20 * (i % 3));
        }
        return new RgbImage(64, 64, rgb);
    }
}
