package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.eval.score.ScoreFile;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.metric.Direction;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two metrics in a jar that is only put on the class path appear wherever metrics do. */
class StrangerMetricTest {

    private static final List<String> CLASSES = List.of("Brightness", "MeanGap");

    @TempDir
    private static Path folder;

    private static Path jar;

    private record Said(int status, String out, String err) {}

    @BeforeAll
    static void makeTheJar() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/stranger"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        for (String name : CLASSES) {
            try (InputStream in = StrangerMetricTest.class.getResourceAsStream("/stranger/" + name + ".java")) {
                arguments.add(Files.write(sources.resolve(name + ".java"), in.readAllBytes())
                        .toString());
            }
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        jar = folder.resolve("stranger.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/services/dev.touchstone.metrics.metric.Metric"));
            zip.write("stranger.Brightness\nstranger.MeanGap\n".getBytes(StandardCharsets.UTF_8));
            for (String name : CLASSES) {
                zip.putNextEntry(new ZipEntry("stranger/" + name + ".class"));
                zip.write(Files.readAllBytes(classes.resolve("stranger/" + name + ".class")));
            }
        }
    }

    private static Said touchstone(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtouchstone.home=" + System.getProperty("touchstone.home"),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + jar,
                "dev.touchstone.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        int status = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Said(status, Files.readString(out), Files.readString(err));
    }

    @Test
    void theyAreListedAndTheSchemaOfManifestsNamesThem() throws IOException, InterruptedException {
        Said schema = touchstone("metrics", "--schema");
        assertThat(schema.status()).as(schema.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(schema.out())
                        .at("/properties/metrics/items/enum")
                        .toString())
                .contains("\"fid\"", "\"stranger-brightness\"", "\"stranger-gap\"");
    }

    @Test
    void aFolderIsMeasuredByThem() throws IOException, InterruptedException {
        Path pictures = Path.of(System.getProperty("touchstone.home"), "docs/images");
        Said measured = touchstone("measure", "stranger-brightness", pictures.toString(), "--json", "--no-progress");
        assertThat(measured.status()).as(measured.err()).isZero();
        JsonRecord answer = Json.parse("answer", measured.out());
        assertThat(answer.text("metric")).isEqualTo("stranger-brightness");
        assertThat(answer.number("value")).isBetween(1.0, 255.0);
        assertThat(answer.text("method")).isEqualTo("mean over images");
    }

    @Test
    void aRunIsScoredAndReportedByThem() throws IOException, InterruptedException {
        Path manifest = folder.resolve("small.yaml");
        try (InputStream in = StrangerMetricTest.class.getResourceAsStream("/small.yaml")) {
            Files.writeString(
                    manifest,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("metrics: .*", "metrics: [stranger-gap, stranger-brightness]")
                            .replaceAll("labels: .*", ""));
        }
        Said ran = touchstone(
                "run", manifest.toString(), "--runs", folder.resolve("runs").toString(), "--quiet");
        assertThat(ran.status()).as(ran.err()).isZero();
        Path run;
        try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
            run = runs.findFirst().orElseThrow();
        }

        assertThat(Files.readString(run.resolve("report/index.html")))
                .contains("Brightness by a stranger", "Gap of means by a stranger");
        List<ScoreLine> lines =
                ScoreFile.read(RunFolder.open(run)).orElseThrow().lines();
        assertThat(lines)
                .filteredOn(line -> line.metric().toString().equals("stranger-brightness"))
                .hasSize(24)
                .allSatisfy(line -> {
                    assertThat(line.unit()).isEqualTo("levels");
                    assertThat(line.direction()).isEqualTo(Optional.of(Direction.HIGHER_IS_BETTER));
                });
        assertThat(lines)
                .filteredOn(line -> line.metric().toString().equals("stranger-gap[touchstone-1]"))
                .hasSizeGreaterThan(2)
                .anySatisfy(line -> assertThat(line.detail()).containsKeys("floor", "floorHigh"));
    }
}
