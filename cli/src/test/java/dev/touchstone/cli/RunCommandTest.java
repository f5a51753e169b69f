package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the command, on the built-in model: one run, looked at from several sides. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunCommandTest {

    private static final int PROMPTS = 24;

    @TempDir
    static Path folder;

    private static Path manifest() throws IOException {
        Path file = folder.resolve("small.yaml");
        if (!Files.exists(file)) {
            try (InputStream in = RunCommandTest.class.getResourceAsStream("/small.yaml")) {
                Files.write(file, in.readAllBytes());
            }
            Files.writeString(folder.resolve("votes.csv"), """
                    image_id,reviewer,question,value,ts,seconds
                    edit-workflows-001.0,ann,usable,yes,2026-01-02T03:04:05Z,2.5
                    edit-workflows-002.0,ann,usable,no,2026-01-02T03:04:09Z,1.5
                    """);
        }
        return file;
    }

    private static Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            List<Path> all = runs.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static SortedMap<String, String> digests(Path run) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(run.relativize(file).toString(), Sha256.of(file));
            }
        }
        return digests;
    }

    @Test
    @Order(1)
    void aManifestBecomesPicturesScoresVerdictsAndAReport() throws IOException {
        Streams streams = Streams.of(
                "run", manifest().toString(), "--runs", folder.resolve("runs").toString());

        assertThat(streams.status()).as(streams.err()).isZero();
        assertThat(streams.out().strip().lines().reduce((first, last) -> last)).hasValue("run: " + run());
        assertThat(run().resolve("outputs")).isDirectoryContaining("glob:**/edit-workflows-001.0.png");
        assertThat(digests(run())).containsKeys("images.jsonl", "scores.jsonl", "labels.jsonl", "report/index.html");

        JsonRecord evaluation = Json.read(run().resolve("evaluation.json"));
        JsonRecord overall = evaluation.objects("cohorts").get(0);
        assertThat(overall.object("counts").count("complete")).isEqualTo(PROMPTS);
        assertThat(overall.object("quality").object("usability").count("usable"))
                .isEqualTo(1);
        assertThat(Files.readString(run().resolve("report/index.html"), StandardCharsets.UTF_8))
                .contains("edit-workflows-001");
    }

    @Test
    @Order(2)
    void everyPictureIsScoredAndNumbersCarryTheirNetwork() throws IOException {
        List<String> adherence = new ArrayList<>();
        List<String> cohorts = new ArrayList<>();
        try (JsonlReader scores = JsonlReader.open(run().resolve("scores.jsonl"))) {
            scores.next();
            for (var line = scores.next(); line.isPresent(); line = scores.next()) {
                JsonRecord score = line.get().json();
                if (score.text("scope").equals("image") && score.text("metric").equals("adherence[touchstone-1]")) {
                    adherence.add(score.text("id"));
                }
                if (score.text("scope").equals("cohort") && score.text("metric").equals("fid[touchstone-1]")) {
                    cohorts.add(score.text("id"));
                    if (score.text("status").equals("scored")) {
                        assertThat(score.object("detail").number("floor")).isPositive();
                    }
                }
            }
        }
        assertThat(adherence).hasSize(PROMPTS).doesNotHaveDuplicates();
        assertThat(cohorts).contains("overall", "edit-workflows", "creator", "marketer", "agency", "developer");
    }

    @Test
    @Order(3)
    void theSameCommandAgainChangesNothing() throws IOException {
        SortedMap<String, String> before = digests(run());

        Streams streams = Streams.of(
                "run", manifest().toString(), "--runs", folder.resolve("runs").toString());

        assertThat(streams.status()).as(streams.err()).isZero();
        assertThat(digests(run())).isEqualTo(before);
    }

    @Test
    @Order(4)
    void aLostRecordIsMadeAgainToTheSamePicture() throws IOException {
        Path images = run().resolve("images.jsonl");
        SortedMap<String, String> before = digests(run().resolve("outputs"));
        List<String> lines = Files.readAllLines(images);
        // What a process killed in the middle of a record leaves behind.
        Files.writeString(images, String.join("\n", lines.subList(0, lines.size() - 3)) + "\n{\"imageId\":\"edit-");
        Files.delete(run().resolve("generated.json"));

        Streams streams = Streams.of("generate", run().toString());

        assertThat(streams.status()).as(streams.err()).isZero();
        assertThat(digests(run().resolve("outputs"))).isEqualTo(before);
        assertThat(Files.readAllLines(images)).hasSize(lines.size());
    }

    @Test
    @Order(5)
    void aVoteOnAnImageThatIsNotThereNamesItsLine() throws IOException {
        Path votes = folder.resolve("votes.csv");
        String before = Files.readString(votes);
        Files.writeString(votes, before + "edit-workflows-999.0,ann,usable,yes,2026-01-02T03:05:00Z,1\n");

        Streams streams = Streams.of(
                "run", manifest().toString(), "--runs", folder.resolve("runs").toString());

        Files.writeString(votes, before);
        assertThat(streams.status()).isEqualTo(2);
        assertThat(streams.err()).contains("votes.csv:4").contains("edit-workflows-999.0");
    }

    @Test
    @Order(6)
    void aRunOfANewerVersionIsRefused() throws IOException {
        Path header = run().resolve("header.json");
        String before = Files.readString(header);
        Files.writeString(header, before.replaceFirst("\"schemaVersion\" *: *1", "\"schemaVersion\": 99"));

        Streams streams = Streams.of("report", run().toString());

        Files.writeString(header, before);
        assertThat(streams.status()).isEqualTo(2);
        assertThat(streams.err()).contains("header.json").contains("99");
    }

    @Test
    @Order(7)
    void aBrokenManifestWritesNothingAndNamesEveryProblem() throws IOException {
        Path broken = folder.resolve("broken.yaml");
        Files.writeString(
                broken,
                Files.readString(manifest())
                        .replace("sampler: euler", "sampler: oiler")
                        .replace("steps: 2", "steps: many")
                        .replace("edit-workflows/1", "edit-workflow/1"));
        Path runs = folder.resolve("none");

        Streams streams = Streams.of("run", broken.toString(), "--runs", runs.toString());

        assertThat(streams.status()).isEqualTo(2);
        assertThat(streams.err())
                .contains("broken.yaml:6:")
                .contains("euler")
                .contains("steps")
                .contains("edit-workflows");
        assertThat(runs).doesNotExist();
    }

    @Test
    @Order(8)
    void whatIsNoManifestOrRunIsAnError() {
        assertThat(Streams.of("run", folder.resolve("missing.yaml").toString()).status())
                .isEqualTo(2);
        assertThat(Streams.of("report", folder.toString()).status()).isEqualTo(2);
        assertThat(Streams.of("rum").err()).contains("rum");
        assertThat(Streams.of("run", "--rans", "x").status()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void aRunIsDecidedOnExplainedAndDecidedAgain() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                schema_version: 1
                floor: 2
                rules:
                  - delivered.rate >= baseline - 90 points
                  - latency.mean <= baseline + 900 %
                """);
        Streams explained = Streams.of("gate", "--explain", "--policy", policy.toString());
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out()).contains("less than 90 points below the baseline's");

        Path junit = folder.resolve("gate.xml");
        Path copy = folder.resolve("baseline-run");
        copy(run(), copy);
        Streams decided = Streams.of(
                "gate",
                run().toString(),
                "--baseline",
                copy.toString(),
                "--policy",
                policy.toString(),
                "--junit",
                junit.toString());
        assertThat(decided.status()).as(decided.out() + decided.err()).isZero();
        assertThat(decided.out())
                .contains("SHIP (PASS)")
                .contains("an A/A test")
                .contains("decision: ");
        assertThat(junit).content().contains("<testsuites");

        Path file = run().resolve("decision.json");
        Streams again = Streams.of("gate", "--replay", file.toString());
        assertThat(again.status()).isZero();
        assertThat(again.out()).isEqualTo(Files.readString(file));

        assertThat(Streams.of("gate", run().toString(), "--policy", policy.toString())
                        .status())
                .isEqualTo(12);
        assertThat(Streams.of("gate", run().toString(), "--policy", policy.toString(), "--baseline", "no-such")
                        .status())
                .isEqualTo(12);
        Files.writeString(policy, Files.readString(policy).replace("delivered.rate", "deliverd.rate"));
        Streams wrong =
                Streams.of("gate", run().toString(), "--policy", policy.toString(), "--baseline", copy.toString());
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("policy.yaml:4:5").contains("did you mean \"delivered.rate\"?");
        Files.delete(file);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    @Order(90)
    void votesAreImportedExportedAndCompared() throws IOException {
        Path votes = Files.writeString(folder.resolve("more.csv"), """
                image_id,reviewer,question,value,ts
                edit-workflows-001.0,ben,usable,yes,2026-01-02T03:05:05Z
                edit-workflows-002.0,ben,usable,yes,2026-01-02T03:05:06Z
                edit-workflows-002.0,ben,usable,no,2026-01-02T03:05:09Z
                """);
        Streams imported = Streams.of("labels", "import", run().toString(), votes.toString(), "--json");
        assertThat(imported.status()).as(imported.err()).isZero();
        JsonRecord counts = Json.parse("answer", imported.out());
        assertThat(counts.count("current")).isEqualTo(4);
        assertThat(counts.count("superseded")).isEqualTo(1);

        assertThat(Streams.of("labels", "export", run().toString()).out().lines())
                .hasSize(5)
                .first()
                .asString()
                .startsWith("image_id,reviewer,question,value,ts");
        JsonRecord agreement = Json.parse(
                "answer",
                Streams.of("labels", "agreement", run().toString(), "--json").out());
        assertThat(agreement.number("alpha")).isEqualTo(1);

        Path foreign = Files.writeString(folder.resolve("foreign.csv"), """
                image_id,reviewer,question,value,ts
                no-such-000.0,ben,usable,yes,2026-01-02T03:05:05Z
                """);
        Streams refused = Streams.of("labels", "import", run().toString(), foreign.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("foreign.csv:2").contains("no-such-000.0");
    }
}
