package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** labels, doctor, features and model. */
class ReviewAndHealthCommandsTest {

    @TempDir
    Path folder;

    private Path votes(String... rows) throws IOException {
        return Files.writeString(
                folder.resolve("votes.csv"), "image_id,reviewer,question,value,ts\n" + String.join("\n", rows) + "\n");
    }

    private static String row(String image, String reviewer, String question, String value, int second) {
        return image + ".0," + reviewer + "," + question + "," + value + ",2026-01-02T03:04:0" + second + "Z";
    }

    @Test
    void agreementOfAFileIsAlphaAndAc1OfTheLatestVotes() throws IOException {
        // Four pictures, two reviewers: yes-yes, yes-yes, no-no, yes-no. By hand: observed agreement 3/4.
        // alpha = 1 - 7 * 2 / (2 * 5 * 3) = 0.5333; AC1: pi = 5/8, chance 2 * 5/8 * 3/8 = 0.46875, (0.75 - c) / (1 -
        // c).
        Path file = votes(
                row("p-1", "ann", "usable", "no", 1),
                row("p-1", "ann", "usable", "yes", 2),
                row("p-1", "ben", "usable", "yes", 1),
                row("p-2", "ann", "usable", "yes", 1),
                row("p-2", "ben", "usable", "yes", 1),
                row("p-3", "ann", "usable", "no", 1),
                row("p-3", "ben", "usable", "no", 1),
                row("p-4", "ann", "usable", "yes", 1),
                row("p-4", "ben", "usable", "no", 1));

        Streams streams = Streams.of("labels", "agreement", file.toString(), "--json");

        assertThat(streams.status()).as(streams.err()).isZero();
        JsonRecord answer = Json.parse("answer", streams.out());
        assertThat(answer.text("question")).isEqualTo("usable");
        assertThat(answer.count("votes")).isEqualTo(8);
        assertThat(answer.number("alpha")).isCloseTo(1 - 7.0 * 2 / 30, within(1e-12));
        assertThat(answer.number("ac1")).isCloseTo((0.75 - 0.46875) / (1 - 0.46875), within(1e-12));
    }

    @Test
    void undefinedAgreementIsAReasonNotANumber() throws IOException {
        Path file = votes(row("p-1", "ann", "appeal", "4", 1), row("p-2", "ben", "appeal", "5", 1));

        Streams streams = Streams.of("labels", "agreement", file.toString(), "--json", "--question", "appeal");

        assertThat(streams.out())
                .contains("\"level\":\"ordinal\"")
                .contains("\"alphaUndefined\":\"no unit has two ratings\"")
                .doesNotContain("NaN");
    }

    @Test
    void wrongUseOfLabelsIsTold() throws IOException {
        Path file = votes(row("p-1", "ann", "usable", "yes", 1));
        Streams foreign = Streams.of("labels", "agreement", file.toString(), "--format", "argilla");
        assertThat(foreign.status()).isEqualTo(2);
        assertThat(foreign.err()).contains("expected native, found \"argilla\"");

        Streams noRun = Streams.of("labels", "import", folder.resolve("none").toString(), file.toString());
        assertThat(noRun.status()).isEqualTo(2);
        assertThat(noRun.err()).contains("expected a run folder");
        assertThat(Streams.of("labels", "export", folder.toString()).status()).isEqualTo(2);
    }

    @Test
    void theDoctorSaysWhatWorks() {
        Streams streams = Streams.of("doctor", "--json", "--store", folder.toString());

        assertThat(streams.status()).as(streams.err()).isZero();
        JsonRecord answer = Json.parse("answer", streams.out());
        assertThat(answer.objects("runtimes"))
                .anyMatch(runtime -> runtime.text("name").equals("onnxruntime"));
        assertThat(answer.objects("checks").stream().map(check -> check.text("subject")))
                .contains("engine openblas", "engine nd4j", "engine onnxruntime")
                .contains("runtimes", "model pebble", "prompt packs", "features touchstone-1", "imported weights");
        assertThat(answer.object("host").count("logicalCores")).isPositive();
    }

    @Test
    void theFeatureNetworkHasACardAndATrainerThatRefusesUnknownOptions() {
        assertThat(Json.parse("card", Streams.of("features", "card").out()).text("name"))
                .isEqualTo("touchstone-1");
        Streams wrong = Streams.of("features", "train", "--epochs", "3");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("found --epochs");
    }

    @Test
    void theProfileHasEachOfPebblesNetworks() {
        Streams streams = Streams.of(
                "model", "profile", "--json", "--repeats", "1", "--batch", "1", "--size", "16x16", "--threads", "1");

        assertThat(streams.status()).as(streams.err()).isZero();
        assertThat(Json.parse("answer", streams.out()).objects("components").stream()
                        .map(component -> component.text("component")))
                .containsExactly("text encoder", "flow transformer", "decoder", "encoder");
        assertThat(Streams.of("model", "profile", "--size", "24x16").status()).isEqualTo(2);
    }
}
