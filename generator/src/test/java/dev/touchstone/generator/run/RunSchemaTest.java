package dev.touchstone.generator.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.generator.backend.AttemptEnd;
import dev.touchstone.generator.backend.AttemptEnd.AttemptOutcome;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import dev.touchstone.generator.backend.BackendCapabilities.Timing;
import dev.touchstone.generator.run.ImageRecord.Attempt;
import dev.touchstone.generator.run.ImageRecord.RequestDetails;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schemas of the run folder fit what is written, today and before. */
class RunSchemaTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"run-folder-1", "run-folder-1-before-attempts"})
    void headersImagesAndEventsFit(String run) throws IOException {
        Path folder = HOME.resolve("generator/src/test/resources").resolve(run);

        fits("header-1", MAPPER.readTree(Files.readString(folder.resolve("header.json"))));
        for (String file : List.of("images", "events")) {
            for (String line : Files.readAllLines(folder.resolve(file + ".jsonl"))) {
                fits(file + "-1", MAPPER.readTree(line));
            }
        }
    }

    @Test
    void everythingThatARequestMayHoldFitsAndIsReadBack() throws IOException {
        RunFolder folder = RunFolder.open(HOME.resolve("generator/src/test/resources/run-folder-1"));
        ImageRecord.Complete image;
        try (var images = folder.images()) {
            image = (ImageRecord.Complete) images.findFirst().orElseThrow();
        }
        AttemptEnd end = new AttemptEnd(
                AttemptOutcome.MODERATED,
                "policy",
                List.of(new Usage("token", 3, OptionalDouble.of(0.5)), new Usage("call", 1, OptionalDouble.empty())),
                new TreeMap<>(Map.of("samplingSeconds", 1.25)),
                new TreeMap<>(Map.of("status", "400")));
        RequestDetails details = new RequestDetails(
                OptionalDouble.of(1.5),
                List.of(new Attempt(1, 1, 2, end)),
                Optional.of(
                        new HostLoad(1.5, OptionalDouble.of(0.75), OptionalDouble.of(0.125), OptionalDouble.of(2.5))),
                Timing.REPORTED);
        ImageRecord full = new ImageRecord.Complete(
                image.id(),
                image.asked(),
                new ImageRecord.RequestTimes(1, 1, 1, OptionalDouble.of(2), 3, details),
                image.file(),
                image.answered().by("m", "p").withSeed(5),
                image.selection(),
                image.deliveredSeconds());

        fits("images-1", MAPPER.readTree(ImageLine.write(full)));
        assertThat(ImageLine.read(Json.parse("line", ImageLine.write(full)))).isEqualTo(full);
    }

    @Test
    void whatIsNoRecordDoesNotFit() throws IOException {
        String line = Files.readAllLines(HOME.resolve("generator/src/test/resources/run-folder-1/images.jsonl"))
                .get(1);
        for (String broken : List.of(
                line.replace("\"status\":\"complete\"", "\"status\":\"done\""),
                line.replace("\"format\":\"png\"", "\"format\":\"bmp\""),
                line.replace("outputs/", "../"),
                line.replace("\"sha256\"", "\"digest\""))) {
            assertThat(broken).isNotEqualTo(line);
            assertThat(schema("images-1").validate(MAPPER.readTree(broken)))
                    .as(broken)
                    .isNotEmpty();
        }
    }

    private static void fits(String name, JsonNode json) throws IOException {
        assertThat(schema(name).validate(json)).as(name + ": " + json).isEmpty();
    }

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(MAPPER.readTree(Files.readString(HOME.resolve("docs/schema/" + name + ".json"))));
    }
}
