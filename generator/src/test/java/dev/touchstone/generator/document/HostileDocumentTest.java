package dev.touchstone.generator.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is in a file, reading it ends with a tree or with problems, never with another exception. */
class HostileDocumentTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));

    @Test
    void damagedYamlEndsInATreeOrInProblems() throws IOException {
        byte[] good = Files.readAllBytes(HOME.resolve("eval/manifests/quickstart.yaml"));
        String special = "{}[]:,&*!|>'\"%@`#-?\t\n\u0000~<\\";
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = good.clone();
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                int at = random.nextInt(damaged.length);
                damaged[at] = random.nextBoolean()
                        ? (byte) special.charAt(random.nextInt(special.length()))
                        : (byte) random.nextInt(256);
            }
            Problems problems = new Problems();
            boolean read = YamlDocument.parse("m.yaml", damaged, problems).isPresent();
            assertThat(read || !problems.isEmpty()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void damagedJsonEndsInATreeOrInProblems() throws IOException {
        String good = Files.readAllLines(HOME.resolve("prompt-packs/edit-workflows/1/prompts.jsonl"))
                .get(0);
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = good.getBytes(StandardCharsets.UTF_8);
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
            }
            Problems problems = new Problems();
            boolean read = JsonLines.parse("p.jsonl", 1, new String(damaged, StandardCharsets.UTF_8), problems)
                    .isPresent();
            assertThat(read || !problems.isEmpty()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void deepAndEndlessJsonIsRefused() {
        Problems deep = new Problems();
        JsonLines.parse("p.jsonl", 7, "{\"a\":" + "[".repeat(100_000), deep);
        assertThat(deep.list()).isNotEmpty();

        Problems nested = new Problems();
        JsonLines.parse("p.jsonl", 7, "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}", nested);
        assertThat(nested.list())
                .extracting(Problem::toString)
                .containsExactly("p.jsonl:7:38: expected at most 32 levels of nesting, found more");

        Problems number = new Problems();
        JsonLines.parse("p.jsonl", 7, "{\"a\":" + "9".repeat(100_000) + "}", number);
        assertThat(number.list()).isNotEmpty();
    }

    @Test
    void numbersWithHugeExponentsAreOutOfRangeAtOnce() {
        Problems problems = new Problems();
        StrictSection section = JsonLines.parse(
                        "p.jsonl", 1, "{\"a\":1e999999999,\"b\":-1e999999999,\"c\":1e-999999999}", problems)
                .orElseThrow();
        assertThat(section.required("a").number(NumberRange.closed(0, 1))).isEmpty();
        assertThat(section.required("b").number(NumberRange.closed(0, 1))).isEmpty();
        assertThat(section.required("c").number(NumberRange.closed(0, 1))).isPresent();
        assertThat(problems.list()).hasSize(2);
    }

    @Test
    void problemsBeyondTwoHundredAreSaidToBeThere() {
        Problems problems = new Problems();
        Problems all = Problems.unlimited();
        for (int line = 1; line <= 500; line++) {
            problems.add(new Place("f", line, 1), "", "a", "b");
            all.add(new Place("f", line, 1), "", "a", "b");
        }
        assertThat(problems.list()).hasSize(201);
        assertThat(problems.list().get(200))
                .hasToString("f: expected at most 200 problems, found more; these come first");
        assertThat(all.list()).hasSize(500);
    }
}
