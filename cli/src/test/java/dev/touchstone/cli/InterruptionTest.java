package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real process that a real signal reaches, from its first class to its pictures. */
class InterruptionTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "TERM, 400, 143",
        "TERM, 1500, 143",
        "TERM, 3500, 143",
        "INT, 900, 130",
        "INT, 2500, 130",
        "INT, 6000, 130"
    })
    void aSignalAtAnyMomentEndsInOneWay(String signal, long afterMillis, int status) throws Exception {
        assumeTrue(!signal.equals("INT") || interruptsReachChildren(), "this host ignores SIGINT in children");
        Process process = start();
        try {
            if (process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("ended before the signal: " + Files.readString(folder.resolve("err")));
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(folder.resolve("err"));
            assertThat(process.exitValue()).as(said).isEqualTo(status);
            // A JVM that has not begun to run the program ends by itself, without a word.
            if (!said.isBlank()) {
                assertThat(said.strip()).endsWith("(exit " + status + ")");
            }
            assertThat(said)
                    .doesNotContain("unreachable")
                    .doesNotContain("Exception")
                    .doesNotContain("internal error");
            assertThat(crashReports()).isEmpty();
            assertThat(failedImages()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtouchstone.home=" + HOME,
                "-Djava.awt.headless=true",
                "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run",
                HOME.resolve("eval/manifests/quickstart.yaml").toString(),
                "--runs",
                folder.resolve("runs").toString(),
                "--no-progress"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return builder.start();
    }

    private List<Path> crashReports() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("hs_err"))
                    .toList();
        }
    }

    private long failedImages() throws IOException {
        if (!Files.exists(folder.resolve("runs"))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            long failed = 0;
            for (Path file : files.filter(f -> f.endsWith("images.jsonl")).toList()) {
                failed += Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"failed\""))
                        .count();
            }
            return failed;
        }
    }

    /** A shell that started this in the background has told its children to ignore SIGINT, and they inherit that. */
    private static boolean interruptsReachChildren() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) == 0);
    }
}
