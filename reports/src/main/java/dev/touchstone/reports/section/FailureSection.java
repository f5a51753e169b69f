package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary.FailureGroup;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Gallery;
import dev.touchstone.reports.model.Gallery.Picture;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import dev.touchstone.reports.model.Table;
import dev.touchstone.reports.model.Tone;
import dev.touchstone.reports.section.ImageScores.ImageAdherence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What went wrong: images that were not made, pictures that miss what was asked, pictures that people rejected. */
final class FailureSection implements SectionWriter {

    private static final int WORST = 12;
    private static final int REJECTED = 24;

    @Override
    public Section write(RunEvidence evidence) {
        Pictures pictures = new Pictures(evidence);
        return new Section(
                "failures",
                "Failure analysis",
                List.of(
                        new Section("failures-made", "Images that were not made", List.of(groups(evidence))),
                        new Section("failures-adherence", "Furthest from their prompt", worst(evidence, pictures)),
                        new Section("failures-rejected", "Rejected by people", rejected(evidence, pictures))));
    }

    private static Block groups(RunEvidence evidence) {
        List<FailureGroup> groups = evidence.overall().failures();
        if (groups.isEmpty()) {
            return Paragraph.of("Every image that was asked for was made.");
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (FailureGroup group : groups) {
            rows.add(List.of(
                    Cell.text(group.reason()),
                    new Cell.Badge(group.status(), Tone.BAD),
                    Cell.text(group.phase()),
                    Cell.count(group.images()),
                    Cell.text(String.join(", ", group.examples()))));
        }
        return new Table(
                "",
                List.of(
                        Table.Column.text("Reason"),
                        Table.Column.text("What became of it"),
                        Table.Column.text("While"),
                        Table.Column.number("Images"),
                        Table.Column.text("Such as")),
                rows);
    }

    private static List<Block> worst(RunEvidence evidence, Pictures pictures) {
        List<Picture> worst = evidence.images().stream()
                .filter(image ->
                        share(evidence, image).filter(share -> share < 1).isPresent())
                .sorted(Comparator.<ImageRecord>comparingDouble(
                                image -> share(evidence, image).orElseThrow())
                        .thenComparing(ImageRecord::id))
                .limit(WORST)
                .map(pictures::withMisses)
                .toList();
        if (worst.isEmpty()) {
            return List.of(Paragraph.of(
                    evidence.scores().adherence().isEmpty()
                            ? "The pictures are not scored for adherence."
                            : "Every scored picture shows all that was asked for."));
        }
        return List.of(
                Paragraph.of(
                        "The " + Wording.images(worst.size())
                                + " with the lowest adherence, and where the judge sees"
                                + " something else than was asked. The judge is a network and errs too; look before you believe it."),
                new Gallery(worst));
    }

    private static Optional<Double> share(RunEvidence evidence, ImageRecord image) {
        return Optional.ofNullable(evidence.scores().adherence().get(image.id()))
                .flatMap(ImageAdherence::share);
    }

    private static List<Block> rejected(RunEvidence evidence, Pictures pictures) {
        List<ImageRecord> rejected = evidence.images().stream()
                .filter(image -> pictures.rejected(image.id()))
                .toList();
        if (rejected.isEmpty()) {
            return List.of(Paragraph.of(
                    evidence.evaluation().labelling().counts().current() == 0
                            ? "Nobody judged the pictures."
                            : "People rejected none of the pictures they judged."));
        }
        List<ImageRecord> shown = EvenChoice.of(rejected, REJECTED);
        String text = shown.size() == rejected.size()
                ? "All " + Wording.images(rejected.size()) + " that people rejected."
                : Decimals.of(shown.size()) + " of the " + Wording.images(rejected.size())
                        + " that people rejected, spread evenly over the prompts.";
        return List.of(
                Paragraph.of(text),
                new Gallery(shown.stream().map(pictures::withMisses).toList()));
    }
}
