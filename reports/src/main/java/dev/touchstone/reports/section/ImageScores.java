package dev.touchstone.reports.section;

import dev.touchstone.eval.result.Figure;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.eval.score.Subject;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.metric.adherence.Adherence;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How well each image follows its prompt, from {@code scores.jsonl}.
 *
 * @param adherence by image; images without a line are not there
 */
public record ImageScores(SortedMap<ImageId, ImageAdherence> adherence) {

    public ImageScores {
        adherence = Collections.unmodifiableSortedMap(new TreeMap<>(adherence));
    }

    /**
     * Adherence of one image.
     *
     * @param share of the asked attributes that were found, in [0, 1]; empty if unscored
     * @param reason why it is unscored, empty if it is scored
     * @param judged ids of the asked attributes that the judge looked for
     * @param missing those of them that it did not find, with what it sees instead
     */
    public record ImageAdherence(
            Optional<Double> share, String reason, SortedSet<String> judged, SortedMap<String, String> missing) {

        public ImageAdherence {
            judged = Collections.unmodifiableSortedSet(new TreeSet<>(judged));
            missing = Collections.unmodifiableSortedMap(new TreeMap<>(missing));
        }
    }

    /** The scores of a run; none if it is not scored. */
    static ImageScores read(RunFolder folder) {
        SortedMap<ImageId, ImageAdherence> adherence = new TreeMap<>();
        ScoreFile.read(folder).map(ScoreFile::lines).orElse(List.of()).stream()
                .filter(line -> line.metric().metric().equals(Adherence.METRIC))
                .forEach(line -> {
                    if (line.subject() instanceof Subject.OfImage of) {
                        adherence.put(of.image(), adherence(line));
                    }
                });
        return new ImageScores(adherence);
    }

    private static ImageAdherence adherence(ScoreLine line) {
        if (line.figure() instanceof Figure.Unscored none) {
            return new ImageAdherence(Optional.empty(), none.reason(), new TreeSet<>(), new TreeMap<>());
        }
        SortedMap<String, String> missing = new TreeMap<>();
        line.detail().forEach((attribute, found) -> {
            if (found < 1) {
                missing.put(attribute, line.seen().getOrDefault(attribute, "something else"));
            }
        });
        return new ImageAdherence(
                line.known().map(Figure.Known::value),
                "",
                new TreeSet<>(line.detail().keySet()),
                missing);
    }
}
