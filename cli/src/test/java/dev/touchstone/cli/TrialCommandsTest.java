package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** model adherence and model sweep, with tiny counts. */
class TrialCommandsTest {

    @TempDir
    Path folder;

    @Test
    void adherenceCountsWhatWasAskedOfHeldOutPrompts() {
        Streams answered = Streams.of(
                "model",
                "adherence",
                "--images",
                "6",
                "--pack",
                "edit-workflows",
                "--pack",
                "marketing-assets",
                "--steps",
                "1",
                "--json",
                "--no-progress",
                "--runtime",
                "onnxruntime");

        assertThat(answered.status()).as(answered.err()).isZero();
        List<JsonRecord> packs = Json.parse("answer", answered.out()).objects("packs");
        assertThat(packs).hasSize(2);
        for (JsonRecord pack : packs) {
            JsonRecord subject = pack.object("attributes").object("subject");
            assertThat(subject.count("asked")).isEqualTo(6);
            assertThat(subject.number("share")).isEqualTo(subject.count("found") / 6.0);
            assertThat(subject.number("low")).isLessThanOrEqualTo(subject.number("share"));
            assertThat(subject.number("high")).isGreaterThanOrEqualTo(subject.number("share"));
            // The network reads perfect drawings nearly always, whatever the model makes of the prompts.
            assertThat(subject.number("shareAsDrawn")).isGreaterThan(0.8);
            assertThat(pack.object("attributes").object("ground").count("asked"))
                    .isEqualTo(6);
            assertThat(pack.object("fid").number("floor")).isPositive();
            assertThat(pack.object("fid").count("referenceN")).isEqualTo(1024);
        }
    }

    @Test
    void aSweepIsWrittenAsTablesAndChartsAndGoesOnWhereItStopped() throws IOException {
        Streams first = sweep("12", "1,2", "1");
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).endsWith("sweep: " + folder.resolve("s") + "\n");
        assertThat(Files.readAllLines(folder.resolve("s/sweep.csv"))).hasSize(3);
        JsonRecord json = Json.read(folder.resolve("s/sweep.json"));
        assertThat(json.objects("settings").get(0).number("steps")).isEqualTo(1);
        assertThat(json.objects("settings").get(0).object("lpips").number("value"))
                .isPositive();
        assertThat(json.objects("settings").get(1).has("lpips")).isFalse();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(
                        Path.of(System.getProperty("touchstone.home")).resolve("docs/schema/sweep-1.json")));
        assertThat(schema.validate(Files.readString(folder.resolve("s/sweep.json")), InputFormat.JSON))
                .isEmpty();
        for (String measure : List.of("adherence", "fid", "kid", "lpips")) {
            assertThat(folder.resolve("s/sweep-" + measure + ".png")).isNotEmptyFile();
            assertThat(Files.readString(folder.resolve("s/sweep-" + measure + ".svg")))
                    .contains("http://www.w3.org/2000/svg");
        }

        // What a process that was killed in a setting leaves behind: a setting less and half a line.
        Path settings = folder.resolve("s/settings.jsonl");
        List<String> lines = Files.readAllLines(settings);
        assertThat(lines).hasSize(3);
        Files.writeString(settings, lines.get(0) + "\n" + lines.get(1) + "\n{\"precision\":\"fp");
        Streams again = sweep("12", "1,2", "1");
        assertThat(again.status()).as(again.err()).isZero();
        List<String> resumed = Files.readAllLines(settings);
        assertThat(resumed.subList(0, 2)).isEqualTo(lines.subList(0, 2));
        assertThat(resumed.get(2).replaceFirst("\"secondsPerImage\".*", ""))
                .isEqualTo(lines.get(2).replaceFirst("\"secondsPerImage\".*", ""));

        Streams other = sweep("13", "1,2", "1");
        assertThat(other.status()).isEqualTo(2);
        assertThat(other.err())
                .contains("images: expected 12")
                .contains("found 13")
                .contains("--out");
    }

    private Streams sweep(String images, String steps, String guidance) {
        return Streams.of(
                "model",
                "sweep",
                "--images",
                images,
                "--steps",
                steps,
                "--guidance",
                guidance,
                "--precision",
                "fp32",
                "--runtime",
                "onnxruntime",
                "--out",
                folder.resolve("s").toString(),
                "--no-progress");
    }

    @Test
    void wrongUseIsToldInOneSentence() {
        assertThat(error("model", "sweep", "--images", "4")).contains("--images: expected at least 12, found 4");
        assertThat(error("model", "sweep", "--steps", "0,4")).contains("--steps: expected whole numbers in [1, 1000]");
        assertThat(error("model", "sweep", "--steps", "")).contains("--steps");
        assertThat(error("model", "sweep", "--steps", "1,,2")).contains("--steps");
        assertThat(error("model", "sweep", "--guidance", "-1")).contains("--guidance: expected numbers in [0, 100]");
        assertThat(error("model", "sweep", "--precision", "fp8"))
                .contains("--precision")
                .contains("fp8");
        assertThat(error("model", "sweep", "--stepps", "1")).contains("--stepps");
        assertThat(error("model", "adherence", "--images", "1")).contains("--images: expected at least 2, found 1");
        assertThat(error("model", "adherence", "--pack", "portraits"))
                .contains("portrait-realism")
                .contains("portraits");
        assertThat(error("model", "adherence", "--pack", "")).contains("portrait-realism");
    }

    private static String error(String... arguments) {
        Streams streams = Streams.of(arguments);
        assertThat(streams.status()).as(streams.err()).isEqualTo(2);
        assertThat(streams.out()).isEmpty();
        return streams.err();
    }
}
