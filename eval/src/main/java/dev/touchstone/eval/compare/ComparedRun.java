package dev.touchstone.eval.compare;

import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.GeneratedRecord;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunHeader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything about one run that a comparison reads.
 *
 * @param folder where it lies
 * @param header what it is
 * @param generated its closing record
 * @param manifest what was asked
 * @param scoring what its scores were made with, as the first line of {@code scores.jsonl} says; empty if it is not scored
 * @param samples what it measured
 * @param sets scores of cohorts as a whole, by {@link ScoreReader#key}
 * @param pictures what became of every image
 * @param votes all votes, also those that do not count
 * @param time what its clock showed
 */
record ComparedRun(
        RunFolder folder,
        RunHeader header,
        GeneratedRecord generated,
        ManifestValues manifest,
        SortedMap<String, String> scoring,
        RunSamples samples,
        SortedMap<String, ScoreReader.SetScore> sets,
        Pictures pictures,
        List<RecordedVote> votes,
        ClockFacts time) {

    ComparedRun {
        scoring = Collections.unmodifiableSortedMap(new TreeMap<>(scoring));
        sets = Collections.unmodifiableSortedMap(new TreeMap<>(sets));
        votes = List.copyOf(votes);
    }

    /**
     * What the events say about time beside the phases of requests.
     *
     * @param sessions how often the run was started
     * @param loads loadings of the model
     * @param warmUps requests that were made to warm up
     * @param failedAttempts ended attempts that are not the one that counts, over all requests
     * @param overheadSeconds device time of loading and warm-up
     */
    record ClockFacts(int sessions, int loads, int warmUps, int failedAttempts, double overheadSeconds) {}

    static ComparedRun read(RunFolder folder) {
        return new RunReader(folder).read();
    }

    /** The file of a complete image, by its row in {@link #pictures}. */
    Path output(int row) {
        return folder.output(
                new ImageId(new PromptId(samples.prompts().id(pictures.prompt(row))), pictures.index(row)),
                pictures.made(row).format());
    }
}
