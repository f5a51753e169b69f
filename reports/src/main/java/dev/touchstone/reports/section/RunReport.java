package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary.Counts;
import dev.touchstone.generator.run.RunHeader;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.ReportDocument;
import dev.touchstone.reports.model.Section;
import java.util.Arrays;
import java.util.List;

/** The report of a run: all sections, in their order. */
public final class RunReport {

    private RunReport() {}

    public static ReportDocument of(RunEvidence evidence) {
        RunHeader header = evidence.header();
        Counts counts = evidence.overall().counts();
        List<Section> sections = Arrays.stream(ReportSection.values())
                .map(section -> section.of(evidence))
                .toList();
        String model = header.model().getOrDefault("id", "the model");
        return new ReportDocument(
                header.name(),
                Decimals.of(counts.complete()) + " of " + Wording.images(counts.images()) + " of "
                        + Wording.prompts(counts.prompts()) + ", made by " + model + " on "
                        + header.environment().hardware().hardwareClass() + ".",
                "Run " + header.runId() + ", started " + header.createdAt() + ", made by Touchstone "
                        + header.touchstone().version() + ", commit "
                        + header.touchstone().commit() + ". Computed from images "
                        + evidence.evaluation().sources().images() + ".",
                sections);
    }
}
