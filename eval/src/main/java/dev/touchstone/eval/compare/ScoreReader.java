package dev.touchstone.eval.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Metrics;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the values of images and prompts from {@code scores.jsonl}, token by token: a run of 100,000 images has over a million
 * lines, and a tree for each would take most of a comparison's time.
 *
 * @param provenance the texts of the file's first line
 * @param measures values by metric id
 * @param sets scores of cohorts by {@link #key}
 */
record ScoreReader(
        SortedMap<String, String> provenance, SortedMap<String, Samples> measures, SortedMap<String, SetScore> sets) {

    private static final int BUFFER = 1 << 20;

    /** A number of a cohort as a whole, as FID is. */
    record SetScore(CohortKey cohort, String metric, double value, long images) {}

    /** Cohort and metric as one text. */
    static String key(CohortKey cohort, String metric) {
        return cohort + " " + metric;
    }

    /**
     * The scores of a run; none if there is no file yet.
     *
     * @throws DataFileException if a line is no score, or the scores belong to other images
     */
    static ScoreReader read(RunFolder folder, String imagesDigest, PromptSet prompts) {
        Path file = folder.path().resolve("scores.jsonl");
        if (!Files.exists(file)) {
            return new ScoreReader(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }
        SortedMap<String, String> provenance = provenance(file);
        String scored = provenance.getOrDefault("imagesDigest", "");
        if (!scored.equals(imagesDigest)) {
            throw new DataFileException(file + ": expected imagesDigest " + imagesDigest + ", found " + scored
                    + ". The images changed since; run the score stage again.");
        }
        Lines lines = new Lines(prompts);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                JsonParser parser = new JsonFactory().createParser(in)) {
            parser.nextToken();
            parser.skipChildren();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                lines.read(parser);
            }
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof IOException io ? IoReason.of(io) : e.getMessage();
            throw new DataFileException(file + ": expected scores, found " + reason, e);
        }
        return new ScoreReader(provenance, lines.measures(), lines.sets);
    }

    private static SortedMap<String, String> provenance(Path file) {
        try (JsonlReader reader = JsonlReader.open(file)) {
            JsonRecord first = reader.next()
                    .map(JsonlReader.Line::json)
                    .orElseThrow(() -> new DataFileException(file + ": expected scores, found an empty file"));
            RunFolder.checkVersion(first);
            SortedMap<String, String> texts = new TreeMap<>();
            first.node().properties().forEach(entry -> {
                if (entry.getValue().isValueNode()) {
                    texts.put(entry.getKey(), entry.getValue().asText());
                }
            });
            return Collections.unmodifiableSortedMap(texts);
        }
    }

    /** What the lines read so far add up to. */
    private static final class Lines {

        private final PromptSet prompts;
        private final Metrics metrics = Metrics.installed();
        private final Map<String, Column> columns = new HashMap<>();
        private final SortedMap<String, SetScore> sets = new TreeMap<>();

        Lines(PromptSet prompts) {
            this.prompts = prompts;
        }

        private static final class Column {
            private final PromptValues.Builder values = new PromptValues.Builder();
            private String unit = "1";
            private Optional<Direction> direction = Optional.empty();
        }

        void read(JsonParser parser) throws IOException {
            String scope = "";
            String axis = CohortKey.OVERALL.axis();
            String id = "";
            String metric = "";
            String unit = "";
            String direction = "";
            double value = Double.NaN;
            long n = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (key) {
                    case "scope" -> scope = parser.getText();
                    case "axis" -> axis = parser.getText();
                    case "n" -> n = parser.getLongValue();
                    case "id" -> id = parser.getText();
                    case "metric" -> metric = parser.getText();
                    case "unit" -> unit = parser.getText();
                    case "direction" -> direction = parser.getText();
                    case "value" -> value = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
                    default -> parser.skipChildren();
                }
            }
            if (Double.isNaN(value)) {
                return; // unscored: there is a reason and no number
            }
            if (scope.equals("cohort")) {
                CohortKey cohort = CohortKey.parse(axis, id);
                sets.put(key(cohort, metric), new SetScore(cohort, metric, value, n));
                return;
            }
            int dot = scope.equals("image") ? id.lastIndexOf('.') : id.length();
            int prompt = prompts.number(dot < 0 ? id : id.substring(0, dot));
            if (prompt < 0) {
                return; // a prompt that the run no longer asks for
            }
            int index = scope.equals("image") ? ImageId.parse(id).imageIndex() : 0;
            Column column = columns.computeIfAbsent(metric, name -> new Column());
            column.unit = unit.isEmpty() ? column.unit : unit;
            column.direction = direction(metric, direction);
            column.values.add(prompt, index, value);
        }

        private Optional<Direction> direction(String metric, String stated) {
            return switch (stated) {
                case "lower" -> Optional.of(Direction.LOWER_IS_BETTER);
                case "higher" -> Optional.of(Direction.HIGHER_IS_BETTER);
                default -> usual(metric);
            };
        }

        /** Of files of before, which do not say it. */
        private Optional<Direction> usual(String metric) {
            return metrics.find(MetricId.parse(metric).metric()).map(Metric::direction);
        }

        SortedMap<String, Samples> measures() {
            SortedMap<String, Samples> measures = new TreeMap<>();
            columns.forEach((metric, column) -> RunReader.put(
                    measures, new Measure(metric, column.unit, column.direction), column.values, prompts.size()));
            return measures;
        }
    }
}
