package dev.touchstone.metrics.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureProgress;
import dev.touchstone.metrics.measure.MeasureSettings;
import dev.touchstone.metrics.weights.network.Formula;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project of {@code docs/examples/metrics}, which depends on this module alone, is built and computes FID and LPIPS. */
class ConsumerProjectTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final Path PROJECT = HOME.resolve("docs/examples/metrics");
    private static final Path SOURCE = PROJECT.resolve("src/main/java/example/CompareFolders.java");

    @TempDir
    private Path folder;

    @Test
    void itDependsOnOneArtifactAndItsCodeIsTheOneInTheDocs() throws IOException {
        String pom = Files.readString(PROJECT.resolve("pom.xml"));
        assertThat(pom.split("<dependency>", -1)).hasSize(2);
        assertThat(pom).contains("<artifactId>touchstone-metrics</artifactId>");
        String body = Files.readString(SOURCE);
        assertThat(Files.readString(HOME.resolve("docs/metrics-library.md")))
                .contains(body.substring(body.indexOf("import ")).strip());
    }

    @Test
    void itIsBuiltAndItsNumbersAreThoseOfMeasure() throws Exception {
        Path a = images("a", 0);
        Path b = images("b", 100);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath(), "-d", classes.toString(), SOURCE.toString());
        assertThat(status).isZero();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        "example.CompareFolders",
                        a.toString(),
                        b.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        Measure measure = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE);
        assertThat(out.lines())
                .containsExactly(
                        measure.of("fid", a, b).score().toString(),
                        measure.of("lpips", a, b).score().toString());
    }

    /** This module and what it needs at run time: nothing of the tests. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        !entry.contains("test-classes") && !entry.contains("junit") && !entry.contains("assertj"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path images(String name, int from) throws IOException {
        Path images = Files.createDirectory(folder.resolve(name));
        for (int i : List.of(0, 1, 2, 3)) {
            Files.write(images.resolve(i + ".png"), PngFile.encode(Formula.image(from + i, 64, 64)));
        }
        return images;
    }
}
