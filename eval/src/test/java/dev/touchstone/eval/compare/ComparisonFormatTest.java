package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code compare --json} prints is the same bytes everywhere, of the published form. */
class ComparisonFormatTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final Path GOLDEN =
            HOME.resolve("eval/src/test/resources/dev/touchstone/eval/compare/comparison.json");

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path base;

    @TempDir
    Path candidate;

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    private String compared() {
        RunFolder before = SampleRun.make(base, 12);
        RunFolder after = SampleRun.make(candidate, 14);
        return Json.pretty(
                ComparisonJson.of(RunComparison.read(before, after, PictureComparison.NONE, Surroundings.NONE)
                        .compare(ComparisonSettings.USUAL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tr-TR", "ru-RU", "ar-EG"})
    void theBytesAreTheSameInEveryLocaleAndZone(String language) throws IOException {
        String here = compared();
        if (Boolean.getBoolean("touchstone.golden.write")) {
            Files.writeString(GOLDEN, here);
        }
        Locale.setDefault(Locale.forLanguageTag(language));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));

        assertThat(compared()).isEqualTo(here);
        assertThat(rounded(here)).isEqualTo(rounded(Files.readString(GOLDEN)));
    }

    /** Numbers to six digits: a better quantile of Student's t moves the tenth. */
    private static String rounded(String json) {
        return Pattern.compile("-?\\d+\\.\\d{7,}(E-?\\d+)?")
                .matcher(json)
                .replaceAll(number ->
                        new BigDecimal(number.group()).round(new MathContext(6)).toString());
    }

    @Test
    void theFormIsThePublishedOne() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                        new ObjectMapper().readTree(Files.readString(HOME.resolve("docs/schema/comparison-1.json"))));

        assertThat(schema.validate(new ObjectMapper().readTree(compared()))).isEmpty();
    }
}
