package dev.touchstone.eval.cohort;

import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.result.Evaluation.Conditions;
import dev.touchstone.eval.result.Evaluation.Prices;
import dev.touchstone.eval.result.Evaluation.Sources;
import dev.touchstone.eval.result.EvaluationStore;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sums up a run in {@code evaluation.json}. Runs again only if images, events, scores, labels or settings changed. A run that is
 * not scored or labelled yet is summed up without those numbers, and says so.
 */
public final class SummarizeStage {

    private final RunFolder folder;

    /** @param folder of a run whose pictures are made */
    public SummarizeStage(RunFolder folder) {
        this.folder = folder;
    }

    /**
     * @return the evaluation that stands in the folder afterwards
     * @throws DataFileException if the run is not finished, a file cannot be read or written, scores or labels belong to other
     *     images, or the folder holds an evaluation of a newer version
     */
    public Evaluation run(SummarySettings settings) {
        EvaluationStore store = new EvaluationStore(folder);
        Sources sources = sources(settings);
        Optional<Evaluation> before = store.read();
        if (before.isPresent() && before.get().sources().equals(sources)) {
            return before.get();
        }
        RunRecords records = RunRecords.read(folder);
        RunSummary summary = new RunSummary(records, settings);
        Evaluation evaluation = new Evaluation(
                folder.header().runId(),
                sources,
                new Conditions(
                        new Prices(
                                settings.prices().pricePerHour(),
                                settings.prices().feePerImage(),
                                settings.prices().currency()),
                        settings.resampling().level(),
                        settings.resampling().replicates(),
                        settings.resampling().seed(),
                        settings.axes()),
                summary.overhead(),
                LabelFigures.of(records.labels()),
                summary.cohorts());
        store.write(evaluation);
        return evaluation;
    }

    private Sources sources(SummarySettings settings) {
        return new Sources(
                folder.verified().imagesDigest(),
                digest(folder.eventsFile())
                        .orElseThrow(
                                () -> new DataFileException(folder.eventsFile() + ": expected a file, found none")),
                digest(ScoreFile.path(folder)),
                digest(LabelStore.file(folder)),
                settings.digest());
    }

    private static Optional<String> digest(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Sha256.of(file)) : Optional.empty();
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a readable file, found " + e, e);
        }
    }
}
