package dev.touchstone.eval.cohort;

import dev.touchstone.eval.label.LabelStore;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.RequestTimeline;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a summary is made from, read once.
 *
 * @param prompts in run order
 * @param images in record order
 * @param timelines of every ended request of every session, loading and warm-up among them
 * @param scores none if the run is not scored yet
 * @param labels empty if the label stage did not run yet
 */
record RunRecords(
        List<PromptRecord> prompts,
        List<ImageRecord> images,
        List<RequestTimeline> timelines,
        List<ScoreLine> scores,
        Optional<Labels> labels) {

    /**
     * @throws DataFileException if a file cannot be read, or scores or labels belong to other images than the run holds now
     */
    static RunRecords read(RunFolder folder) {
        String digest = folder.verified().imagesDigest();
        List<PromptRecord> prompts;
        List<ImageRecord> images;
        try (Stream<PromptRecord> lines = folder.prompts()) {
            prompts = lines.toList();
        }
        try (Stream<ImageRecord> lines = folder.images()) {
            images = lines.toList();
        }
        List<RequestTimeline> timelines = new ArrayList<>();
        EventReader.timelines(folder.eventsFile(), timelines::add);
        Optional<ScoreFile> scores = ScoreFile.read(folder);
        scores.ifPresent(read ->
                check(ScoreFile.path(folder).toString(), digest, read.header().imagesDigest(), "score"));
        Optional<Labels> labels = new LabelStore(folder).read();
        labels.ifPresent(read -> check(LabelStore.file(folder).toString(), digest, read.imagesDigest(), "label"));
        return new RunRecords(
                prompts, images, timelines, scores.map(ScoreFile::lines).orElse(List.of()), labels);
    }

    private static void check(String file, String expected, String found, String stage) {
        if (!expected.equals(found)) {
            throw new DataFileException(file + ": expected imagesDigest " + expected + ", found " + found
                    + ". The images changed since; run the " + stage + " stage again.");
        }
    }
}
