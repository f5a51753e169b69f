package dev.touchstone.generator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The simulator is spoken to by a client that nobody here wrote: npm's openai 7.55.0, installed by .ci/run. */
class OpenAiClientTest {

    private static final Path CLIENTS =
            Path.of(System.getProperty("touchstone.home")).resolve(".ci/clients");

    @Test
    void theOpenaiPackageUnderstandsGenerationsStreamsEditsAndRefusals() throws Exception {
        String found = run(SimulatorSettings.instant());
        JsonRecord understood = Json.parse("answer of the client", found);

        assertThat(understood.count("pictures")).isEqualTo(2);
        assertThat(understood.count("outputTokens")).isEqualTo(32);
        assertThat(understood.text("request")).startsWith("req_");
        assertThat(understood.object("fetched").count("status")).isEqualTo(200);
        assertThat(understood.object("fetched").text("type")).isEqualTo("image/png");
        assertThat(understood.node().get("events"))
                .hasToString("[\"image_generation.partial_image\",\"image_generation.partial_image\","
                        + "\"image_generation.completed\"]");
        assertThat(understood.count("streamedTokens")).isEqualTo(16);
        assertThat(understood.count("edited")).isEqualTo(1);
        assertThat(understood.object("refused").text("name")).isEqualTo("BadRequestError");
        assertThat(understood.object("refused").text("code")).isEqualTo("invalid_value");
    }

    @Test
    void theOpenaiPackageWaitsOutAStormOf429AsTheServerAsks() throws Exception {
        String found = run(SimulatorSettings.instant().with(FaultPlan.first(Fault.RATE_LIMITED)));

        assertThat(Json.parse("answer of the client", found).count("pictures")).isEqualTo(2);
    }

    private static String run(SimulatorSettings settings) throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(CLIENTS.resolve("node_modules/openai")) && node(),
                "npm's openai is not installed: npm ci --prefix .ci/clients");
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, settings)) {
            Process client = new ProcessBuilder(
                            "node", "openai.mjs", simulator.address().toString())
                    .directory(CLIENTS.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).as("exit code of the client").isZero();
            return said;
        }
    }

    private static boolean node() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
