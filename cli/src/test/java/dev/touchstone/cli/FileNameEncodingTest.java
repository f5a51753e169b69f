package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileNameEncodingTest {

    @TempDir
    Path folder;

    @Test
    void argumentsThatWereNotUnderstoodAreRefusedWithWhatToDo() {
        assertThat(FileNameEncoding.problemIn("ANSI_X3.4-1968", "measure", "a\ufffd.png"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("arguments: expected them in this process's encoding ANSI_X3.4-1968, found \"a")
                        .endsWith("set LC_ALL=C.UTF-8"));
        assertThat(FileNameEncoding.problemIn("UTF-8", "\ufffd"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("rename"));
        assertThat(FileNameEncoding.problemIn("ANSI_X3.4-1968", "measure", "a.png"))
                .isEmpty();
    }

    /** A JVM in the locale C, started without the launcher: names in two scripts look alike there. */
    @Test
    void namesInTwoScriptsAreNeverPairedInALocaleWithoutThem() throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("pair.sh"), """
                mkdir a b
                touch a/\u65e5\u672c\u8a9e.png b/\u4e2d\u56fd\u4eba.png
                exec "$1" -cp "$2" dev.touchstone.cli.Main measure ssim a b
                """, StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C");
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("a: expected names that can be told apart, found 1 that is not in")
                .contains("LC_ALL");
        assertThat(process.exitValue()).isEqualTo(ExitCode.INVALID_INPUT.status());
    }
}
