package dev.touchstone.reports.section;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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

    private static final String METRIC = "adherence";

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
        Path file = folder.path().resolve("scores.jsonl");
        SortedMap<ImageId, ImageAdherence> adherence = new TreeMap<>();
        if (!Files.exists(file)) {
            return new ImageScores(adherence);
        }
        try (JsonlReader reader = JsonlReader.open(file)) {
            reader.next().ifPresent(first -> RunFolder.checkVersion(first.json()));
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                JsonRecord json = line.get().json();
                String metric = json.text("metric");
                if (json.text("scope").equals("image") && (metric.equals(METRIC) || metric.startsWith(METRIC + "["))) {
                    adherence.put(ImageId.parse(json.text("id")), adherence(json));
                }
            }
        }
        return new ImageScores(adherence);
    }

    private static ImageAdherence adherence(JsonRecord json) {
        if (!json.text("status").equals("scored")) {
            return new ImageAdherence(Optional.empty(), json.text("reason"), new TreeSet<>(), new TreeMap<>());
        }
        SortedSet<String> judged = new TreeSet<>();
        SortedMap<String, String> missing = new TreeMap<>();
        JsonNode seen = json.node().path("seen");
        json.node().path("detail").properties().forEach(entry -> {
            judged.add(entry.getKey());
            if (entry.getValue().doubleValue() < 1) {
                missing.put(entry.getKey(), seen.path(entry.getKey()).asText("something else"));
            }
        });
        return new ImageAdherence(Optional.of(json.number("value")), "", judged, missing);
    }
}
