package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.reports.model.Block;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Gallery;
import dev.touchstone.reports.model.Paragraph;
import dev.touchstone.reports.model.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A contact sheet per workflow: the pictures themselves. */
final class AppendixSection implements SectionWriter {

    private static final int SHEET = 48;

    @Override
    public Section write(RunEvidence evidence) {
        Pictures pictures = new Pictures(evidence);
        List<Block> blocks = new ArrayList<>();
        blocks.add(Paragraph.of(
                "Pictures as they were made, in the order of their prompts, with the share of what was asked that the"
                        + " judge finds and the verdict of people where there is one."));
        List<CohortSummary> cohorts = evidence.charted();
        for (CohortSummary cohort : cohorts.subList(Math.min(1, cohorts.size()), cohorts.size())) {
            List<ImageRecord> all = evidence.images().stream()
                    .filter(image -> evidence.belongs(image, cohort.key()))
                    .toList();
            List<ImageRecord> shown = EvenChoice.of(all, SHEET);
            String count = shown.size() == all.size()
                    ? Wording.images(all.size()) + " of "
                            + Wording.prompts(cohort.counts().prompts()) + "."
                    : Decimals.of(shown.size()) + " of " + Wording.images(all.size()) + ", spread evenly over "
                            + Wording.prompts(cohort.counts().prompts()) + ".";
            blocks.add(new Section(
                    "sheet-" + id(cohort.key().label()),
                    Wording.cohort(cohort.key()),
                    List.of(
                            Paragraph.note(count),
                            new Gallery(shown.stream().map(pictures::of).toList()))));
        }
        return new Section("appendix", "Pictures", blocks);
    }

    private static String id(String label) {
        return label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
