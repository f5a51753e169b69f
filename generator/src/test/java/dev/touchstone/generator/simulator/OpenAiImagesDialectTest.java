package dev.touchstone.generator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.simulator.Ledger.Served;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAiImagesDialectTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void drawsAPictureOfTheSizeThatWasAskedAndEntersItInTheLedger() throws Exception {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            byte[] picture = picture(post(simulator, "{\"prompt\":\"a red house\",\"size\":\"96x64\",\"seed\":7}"));

            RgbImage decoded = new ImageDecoder().decode(picture, "answer");
            assertThat(decoded.widthPixels()).isEqualTo(96);
            assertThat(decoded.heightPixels()).isEqualTo(64);
            assertThat(simulator.ledger().served())
                    .extracting(Served::pictures)
                    .containsExactly(List.of(new Ledger.DrawnPicture(Sha256.of(picture), true)));
        }
    }

    @Test
    void theSameSeedGivesTheSamePictureAndNoSeedAnotherEveryTime() throws Exception {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            String seeded = "{\"prompt\":\"a red house\",\"size\":\"64x64\",\"seed\":7}";
            String free = "{\"prompt\":\"a red house\",\"size\":\"64x64\"}";

            assertThat(picture(post(simulator, seeded))).isEqualTo(picture(post(simulator, seeded)));
            assertThat(picture(post(simulator, free))).isNotEqualTo(picture(post(simulator, free)));
        }
    }

    @Test
    void refusesWhatTheRealOneRefuses() throws Exception {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            for (String body : List.of(
                    "{",
                    "{\"prompt\":\"\"}",
                    "{\"prompt\":\"a\",\"n\":11}",
                    "{\"prompt\":\"a\",\"size\":\"-3x5\"}",
                    "{\"prompt\":\"a\",\"output_format\":\"gif\"}")) {
                HttpResponse<String> answer = post(simulator, body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(Json.parse("answer", answer.body()).object("error").text("type"))
                        .isEqualTo("invalid_request_error");
            }
            HttpRequest keyless = HttpRequest.newBuilder(simulator.address().resolve("/v1/images/generations"))
                    .POST(BodyPublishers.ofString("{\"prompt\":\"a\"}"))
                    .build();
            assertThat(CLIENT.send(keyless, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(401);
            assertThat(simulator.ledger().pictures()).isZero();
        }
    }

    @Test
    void streamsAsManyPreviewsAsAskedAndThenThePicture() throws Exception {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            HttpResponse<String> answer = post(
                    simulator, "{\"prompt\":\"a red house\",\"size\":\"64x64\",\"stream\":true,\"partial_images\":2}");

            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/event-stream");
            assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
                    .containsExactly(
                            "event: image_generation.partial_image",
                            "event: image_generation.partial_image",
                            "event: image_generation.completed");
        }
    }

    @Test
    void drawsTheShareOfUsablePicturesThatItsTruthSays() throws Exception {
        CohortTruth half = new CohortTruth(0.5, 0, CohortTruth.Phases.NONE);
        try (Simulator simulator = Simulator.start(
                DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant().with(half))) {
            for (int seed = 0; seed < 40; seed++) {
                post(simulator, "{\"prompt\":\"a red house\",\"n\":10,\"size\":\"16x16\",\"seed\":" + seed + "}");
            }
            long usable = simulator.ledger().served().stream()
                    .flatMap(one -> one.pictures().stream())
                    .filter(Ledger.DrawnPicture::usable)
                    .count();

            // 400 draws with p = 0.5 stay within four standard deviations, 4 * 10, but for 6 in 100,000 seeds; this
            // seed is fixed.
            assertThat(usable).isBetween(160L, 240L);
        }
    }

    @Test
    void answersNobodyWhoCameByAnotherName() throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            URI byAnyName = URI.create("http://127.0.0.1:" + simulator.address().getPort() + "/v1/models");
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(byAnyName)
                            .header("Authorization", "Bearer x")
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            try (var socket = new Socket("127.0.0.1", simulator.address().getPort())) {
                socket.getOutputStream()
                        .write("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer x\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                        .isEqualTo("HTTP/1.1 404");
            }
        }
    }

    @Test
    void saysThatAPortIsTaken() {
        try (Simulator simulator = Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant())) {
            int port = simulator.address().getPort();

            assertThatThrownBy(() -> Simulator.start(DialectName.OPENAI_IMAGES, port, SimulatorSettings.instant()))
                    .isInstanceOf(SimulatorException.class)
                    .hasMessageStartingWith("simulate: expected a free port, found that " + port + " is taken");
        }
    }

    private static HttpResponse<String> post(Simulator simulator, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(simulator.address().resolve("/v1/images/generations"))
                        .header("Authorization", "Bearer x")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] picture(HttpResponse<String> answer) {
        JsonRecord json = Json.parse("answer", answer.body());
        return Base64.getDecoder().decode(json.objects("data").get(0).text("b64_json"));
    }
}
