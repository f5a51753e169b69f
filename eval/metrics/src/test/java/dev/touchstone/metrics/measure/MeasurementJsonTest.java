package dev.touchstone.metrics.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.image.ImageFolder;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.measure.Measurement.Pair;
import dev.touchstone.metrics.measure.Measurement.Provenance;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of {@code measure --json} are those of the golden file and fit {@code docs/schema/measurement-1.json}. */
class MeasurementJsonTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final Path GOLDEN =
            HOME.resolve("eval/metrics/src/test/resources/dev/touchstone/metrics/measure/measurements.jsonl");

    private static final Measurement PAIRS = new Measurement(
            new Score.Scored(
                    MetricId.of("lpips", "alex"),
                    0.25,
                    Direction.LOWER_IS_BETTER,
                    new Score.SampleSize(2, 2),
                    Optional.empty(),
                    "mean over pairs"),
            Map.of(),
            List.of(
                    new Pair("a", Optional.of(0.125)),
                    new Pair("b", Optional.of(0.375)),
                    new Pair("c", Optional.empty())),
            new Provenance(Optional.of("alex"), Optional.of("ab+cd"), Optional.empty()),
            List.of(new UnreadableImage(Path.of("d.png"), "d.png: expected an image, found an empty file")),
            List.of(new LeftOut(Path.of("a"), ImageFolder.Reason.HIDDEN, 12, List.of(".DS_Store", "._x.png"))),
            List.of("1 file is unreadable; their pairs did not count"),
            Duration.ofMillis(1500));

    private static final Measurement UNSCORED = new Measurement(
            new Score.Unscored(MetricId.of("fid", "inception-v3"), "fid needs at least 2 images on each side"),
            Map.of(),
            List.of(),
            new Provenance(Optional.of("inception-v3"), Optional.of("ef"), Optional.of("pytorch-fid")),
            List.of(),
            List.of(),
            List.of(),
            Duration.ZERO);

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tr-TR", "ru-RU"})
    void theLinesAreTheSameInEveryLocale(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(lines()).isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void theLinesFitTheSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        new ObjectMapper().readTree(Files.readString(HOME.resolve("docs/schema/measurement-1.json"))));
        for (String line : lines()) {
            assertThat(schema.validate(new ObjectMapper().readTree(line)))
                    .as(line)
                    .isEmpty();
        }
        String broken = lines().get(0).replace("\"name\":\"b\",", "");
        assertThat(schema.validate(new ObjectMapper().readTree(broken))).isNotEmpty();
    }

    private static List<String> lines() {
        return List.of(Json.line(MeasurementJson.of(PAIRS)), Json.line(MeasurementJson.of(UNSCORED)));
    }
}
