package dev.touchstone.reports.section;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.file.JsonRecord;
import dev.touchstone.generator.file.JsonlReader;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
     * @param seen by asked attribute, what the judge sees; empty if the scores do not say
     */
    public record ImageAdherence(Optional<Double> share, String reason, SortedMap<String, String> seen) {

        public ImageAdherence {
            seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
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
            return new ImageAdherence(Optional.empty(), json.text("reason"), new TreeMap<>());
        }
        SortedMap<String, String> seen = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : json.node().path("detail").properties()) {
            JsonNode value = entry.getValue();
            if (value.isTextual()) {
                seen.put(entry.getKey(), value.textValue());
            } else if (value.path("seen").isTextual()) {
                seen.put(entry.getKey(), value.path("seen").textValue());
            }
        }
        return new ImageAdherence(Optional.of(json.number("value")), "", seen);
    }
}
