package dev.touchstone.eval.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.eval.label.LabelStage;
import dev.touchstone.eval.result.Evaluation;
import dev.touchstone.eval.result.EvaluationStore;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluation.json} and {@code labels.jsonl} are the same bytes everywhere; golden files hold them. */
class EvaluationFormatTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final Path GOLDEN = HOME.resolve("eval/src/test/resources/dev/touchstone/eval/cohort");
    private static final int PROMPTS = 12;

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path runs;

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    private RunFolder summarized() throws IOException {
        RunFolder folder = SampleRun.make(runs, PROMPTS);
        SampleRun.score(folder, PROMPTS);
        new LabelStage(folder).run(List.of(SummarizeStageTest.votes(runs, PROMPTS)));
        new SummarizeStage(folder).run(SummarizeStageTest.settings(3.6));
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tr-TR", "ru-RU", "ar-EG"})
    void theFilesAreTheSameInEveryLocaleAndZone(String language) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        RunFolder folder = summarized();
        for (String name : List.of("evaluation.json", "labels.jsonl")) {
            String actual = Files.readString(folder.path().resolve(name), StandardCharsets.UTF_8);
            Path golden = GOLDEN.resolve(name);
            if (Boolean.getBoolean("touchstone.golden.write")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(golden, actual);
            }
            assertThat(actual).as(name).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatWasWrittenReadsBackTheSame() throws IOException {
        RunFolder folder = SampleRun.make(runs, PROMPTS);
        SampleRun.score(folder, PROMPTS);
        new LabelStage(folder).run(List.of(SummarizeStageTest.votes(runs, PROMPTS)));
        Evaluation written = new SummarizeStage(folder).run(SummarizeStageTest.settings(3.6));
        assertThat(new EvaluationStore(folder).read()).contains(written);
    }

    @Test
    void theFileFitsThePublishedSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        new ObjectMapper().readTree(Files.readString(HOME.resolve("docs/schema/evaluation-1.json"))));
        JsonNode file =
                new ObjectMapper().readTree(Files.readString(summarized().path().resolve("evaluation.json")));
        assertThat(schema.validate(file)).isEmpty();
        ((com.fasterxml.jackson.databind.node.ObjectNode) file.at("/cohorts/0/throughput")).remove("n");
        assertThat(schema.validate(file)).isNotEmpty();
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws IOException {
        RunFolder folder = summarized();
        Path file = folder.path().resolve("evaluation.json");
        String text = Files.readString(file);
        Files.writeString(file, text.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
        assertThat(Files.readString(file)).isNotEqualTo(text);
        assertThatThrownBy(() -> new SummarizeStage(folder).run(SummarizeStageTest.settings(3.6)))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("evaluation.json")
                .hasMessageContaining("found 2")
                .hasMessageContaining("newer Touchstone");
    }
}
