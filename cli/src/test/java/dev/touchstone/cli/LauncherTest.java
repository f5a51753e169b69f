package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with a Maven and a Java that only write down how they were called. */
class LauncherTest {

    private static final Path LAUNCHER =
            Path.of(System.getProperty("touchstone.home")).resolve("touchstone");

    @TempDir
    Path folder;

    private Path checkout;

    private record Answer(int status, String out, String err) {}

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        Files.createDirectories(checkout.resolve("cli/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.copy(LAUNCHER, checkout.resolve("touchstone"));
        executable(checkout.resolve("touchstone"), Files.readString(LAUNCHER));
        Files.createDirectories(folder.resolve("jdk/bin"));
        java("17");
        maven("mkdir -p cli/target; echo jar > cli/target/touchstone-cli-1.jar;"
                + " echo jar > cli/target/dependency.jar;"
                + " printf %s \"$PWD/cli/target/dependency.jar\" > cli/target/dependencies.classpath");
    }

    private void java(String version) throws IOException {
        executable(
                folder.resolve("jdk/bin/java"),
                "#!/bin/sh\ncase \"$*\" in *showSettings*) echo '    java.specification.version = " + version
                        + "' >&2; exit 0 ;; esac\necho \"ran: $*\"\necho \"charset: ${LC_ALL:-}\"\n");
    }

    private void maven(String body) throws IOException {
        executable(
                folder.resolve("jdk/bin/mvn"),
                "#!/bin/sh\necho built >> '" + folder.resolve("builds") + "'\n" + body + "\n");
    }

    @Test
    void buildsOnceAndStartsWhatWasBuilt() throws Exception {
        assertThat(launch().status()).isZero();
        Answer second = launch();
        assertThat(second.out()).contains(checkout.resolve("cli/target/touchstone-cli-1.jar") + ":");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildIsBuiltAgainAndNothingOldRuns() throws Exception {
        launch();
        Files.writeString(checkout.resolve("cli/src/main/New.java"), "broken");
        Files.setLastModifiedTime(
                checkout.resolve("cli/src/main/New.java"),
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(5)));
        maven("exit 1");
        for (int attempt = 0; attempt < 2; attempt++) {
            Answer failed = launch();
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out()).doesNotContain("ran:");
            assertThat(failed.err()).contains("the build failed").endsWith("internal error (exit 1)\n");
        }
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void aMovedCheckoutRunsWhatLiesInIt() throws Exception {
        launch();
        Path before = checkout;
        checkout = Files.move(checkout, folder.resolve("moved"));
        Answer moved = launch();
        assertThat(moved.status()).isZero();
        assertThat(moved.out())
                .contains(checkout.resolve("cli/target/dependency.jar").toString())
                .doesNotContain(before.toString());
    }

    @Test
    void emptiedDependenciesAreFetchedAgain() throws Exception {
        launch();
        Files.delete(checkout.resolve("cli/target/dependency.jar"));
        assertThat(launch().status()).isZero();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void anOlderJavaIsNamed() throws Exception {
        java("11");
        Answer old = launch();
        assertThat(old.status()).isEqualTo(2);
        assertThat(old.err()).contains("expected Java 17 or later, found 11");
    }

    @Test
    void namesOfFilesAreReadAsUnicodeWithoutALocale() throws Exception {
        assertThat(launch().out()).contains("charset: C.UTF-8");
    }

    private long builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    private Answer launch() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        checkout.resolve("touchstone").toString(), "--version")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        environment.put("PATH", folder.resolve("jdk/bin") + ":" + environment.get("PATH"));
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
