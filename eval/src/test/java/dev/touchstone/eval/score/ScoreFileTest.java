package dev.touchstone.eval.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreFileTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));

    @TempDir
    private Path runs;

    private RunFolder run;

    @BeforeEach
    void make() {
        run = SampleRun.make(runs, 4);
    }

    @Test
    void whatIsWrittenIsRead() {
        ScoreFile scores = sample();
        scores.write(run);

        assertThat(ScoreFile.read(run)).contains(scores);
        assertThat(ScoreFile.isCurrent(run, scores.header())).isTrue();
    }

    private ScoreFile sample() {
        return new ScoreFile(
                header(run),
                List.of(
                        new ScoreLine(
                                new Subject.OfImage(ImageId.parse("p-000.1")),
                                MetricId.of("adherence", "touchstone-1"),
                                Optional.of(Direction.HIGHER_IS_BETTER),
                                "1",
                                new Figure.Known(
                                        0.5,
                                        "1",
                                        Optional.of(Direction.HIGHER_IS_BETTER),
                                        2,
                                        Optional.empty(),
                                        "share"),
                                new TreeMap<>(Map.of("colour", 0.0, "subject", 1.0)),
                                new TreeMap<>(Map.of("colour", "red"))),
                        new ScoreLine(
                                new Subject.OfPrompt(new PromptId("p-001")),
                                MetricId.of("psnr"),
                                Optional.of(Direction.HIGHER_IS_BETTER),
                                "dB",
                                Figure.Unscored.because("identical pictures", 1),
                                new TreeMap<>(),
                                new TreeMap<>()),
                        new ScoreLine(
                                new Subject.OfCohort(new CohortKey(new TreeMap<>(
                                        Map.of(CohortAxis.WORKFLOW, "probes", CohortAxis.STYLE_FAMILY, "flat")))),
                                MetricId.of("kid", "touchstone-1"),
                                Optional.of(Direction.LOWER_IS_BETTER),
                                "1",
                                new Figure.Known(
                                        -1e-5,
                                        "1",
                                        Optional.of(Direction.LOWER_IS_BETTER),
                                        8,
                                        Optional.of(new Interval(-2e-5, 1e-3, 0.9)),
                                        "unbiased"),
                                new TreeMap<>(Map.of("floorN", 8.0)),
                                new TreeMap<>())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tr-TR", "ru-RU", "ar-EG"})
    void theFileIsTheSameInEveryLocaleAndFitsItsSchema(String language) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            sample().write(run);
        } finally {
            Locale.setDefault(before);
        }
        String actual = Files.readString(ScoreFile.path(run));
        Path golden = HOME.resolve("eval/src/test/resources/dev/touchstone/eval/score/scores.jsonl");
        if (Boolean.getBoolean("touchstone.golden.write")) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));

        ObjectMapper mapper = new ObjectMapper();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(mapper.readTree(Files.readString(HOME.resolve("docs/schema/scores-1.json"))));
        for (String line : actual.lines().toList()) {
            assertThat(schema.validate(mapper.readTree(line))).as(line).isEmpty();
            assertThat(schema.validate(mapper.readTree(
                            line.replace("\"unit\"", "\"units\"").replace("\"golden\"", "\"gold\""))))
                    .as("without a key: " + line)
                    .isNotEmpty();
        }
    }

    /** The first lines of each kind of a quickstart scored before lines carried direction, unit, level and method. */
    @Test
    void aFileOfBeforeIsReadWithTheSameNumbers() throws IOException {
        List<String> before = before();
        Files.write(ScoreFile.path(run), before);

        ScoreFile read = ScoreFile.read(run).orElseThrow();

        assertThat(read.header().method()).isEqualTo(1);
        assertThat(read.lines()).hasSize(before.size() - 1);
        for (int i = 0; i < read.lines().size(); i++) {
            JsonNode json = new ObjectMapper().readTree(before.get(i + 1));
            ScoreLine line = read.lines().get(i);
            assertThat(line.subject().level().id()).isEqualTo(json.get("scope").asText());
            assertThat(line.subject().id()).isEqualTo(json.get("id").asText());
            assertThat(line.metric()).hasToString(json.get("metric").asText());
            assertThat(line.figure().n()).isEqualTo(json.get("n").asLong());
            assertThat(line.direction())
                    .as("direction of " + line.metric())
                    .contains(
                            line.metric().metric().matches("adherence|lpips-diversity")
                                    ? Direction.HIGHER_IS_BETTER
                                    : Direction.LOWER_IS_BETTER);
            if (json.has("value")) {
                assertThat(line.known().orElseThrow().value())
                        .isEqualTo(json.get("value").doubleValue());
            } else {
                assertThat(((Figure.Unscored) line.figure()).reason())
                        .isEqualTo(json.get("reason").asText());
            }
            if (json.has("interval")) {
                assertThat(line.known().flatMap(Figure.Known::interval))
                        .contains(new Interval(
                                json.get("interval").get(0).doubleValue(),
                                json.get("interval").get(1).doubleValue(),
                                0.95));
            }
            assertThat(line.detail()).hasSize(json.path("detail").size());
            assertThat(line.seen()).hasSize(json.path("seen").size());
        }
    }

    @Test
    void aRunThatIsNotScoredHasNoScores() {
        assertThat(ScoreFile.read(run)).isEmpty();
    }

    @Test
    void aFileOfANewerVersionAndALineThatIsNoScoreAreRefused() throws IOException {
        Path file = ScoreFile.path(run);
        List<String> before = before();
        Files.writeString(file, before.get(0).replace("\"schemaVersion\":1", "\"schemaVersion\":2") + "\n");
        assertThatThrownBy(() -> ScoreFile.read(run)).hasMessageContaining("schemaVersion");

        Files.writeString(file, before.get(0) + "\n" + before.get(1).replace("adherence[", "adherence(") + "\n");
        assertThatThrownBy(() -> ScoreFile.read(run))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("scores.jsonl:2: metric id: expected name or name[features]");
    }

    private static List<String> before() throws IOException {
        try (InputStream in = ScoreFileTest.class.getResourceAsStream("scores-of-0.1.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static ScoreHeader header(RunFolder run) {
        return new ScoreHeader(
                run.header().runId(),
                run.imagesDigest(),
                new ScoreHeader.Network("touchstone-1", "a", "area-64"),
                new ScoreHeader.Golden("builtin/1", "b"),
                List.of("adherence", "kid"),
                List.of("workflow", "workflow x style_family"),
                ScoreHeader.METHOD);
    }
}
