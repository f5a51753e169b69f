package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.util.List;

/** The single values behind the summaries, for charts: what {@code evaluation.json} holds quantiles and means of. */
public final class RunSamples {

    private final CohortTables tables;

    private RunSamples(CohortTables tables) {
        this.tables = tables;
    }

    /** @throws DataFileException as {@link SummarizeStage#run} */
    public static RunSamples read(RunFolder folder) {
        return new RunSamples(TableBuilder.of(RunRecords.read(folder)));
    }

    /**
     * Seconds per answered request, in run order; empty if no request knows the measure.
     *
     * @param measure as in {@code evaluation.json}, such as {@code end-to-end} or {@code phase.sampling}
     */
    public double[] seconds(CohortKey cohort, String measure) {
        return CohortTables.values(tables.of(cohort).answered(), measure);
    }

    /**
     * Values of an image-wise number prompt by prompt, {@code [prompt][image]}; prompts without any are left out.
     *
     * @param metric id, or {@code human-adherence} or {@code human-appeal}
     */
    public double[][] byPrompt(CohortKey cohort, String metric) {
        return CohortTables.byPrompt(tables.of(cohort).images(), metric);
    }

    /** Every cohort against the rest of the run. */
    public CohortContrasts contrasts(Evaluation evaluation) {
        return CohortContrasts.of(tables, evaluation);
    }

    /** The images of a cohort, in run order. */
    public List<ImageId> images(CohortKey cohort) {
        return tables.of(cohort).images().stringColumn(CohortTables.IMAGE).asList().stream()
                .map(ImageId::parse)
                .toList();
    }
}
