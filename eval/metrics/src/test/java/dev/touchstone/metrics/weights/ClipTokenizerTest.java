package dev.touchstone.metrics.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference ids: openai/CLIP d05afc4, {@code simple_tokenizer.py}, by {@code .ci/reference/clip_tokens.py}. */
class ClipTokenizerTest {

    private static final String MERGES = """
            #version: 0.2
            t h
            th e</w>
            c a
            ca t</w>
            i n
            in g</w>
            o n</w>
            r e
            re d</w>
            \u00c3 \u00a9
            a </w>
            l l</w>
            \u00f0 \u0141
            """;

    @TempDir
    private Path folder;

    private ClipTokenizer tokenizer;

    @BeforeEach
    void open() throws IOException {
        tokenizer = ClipTokenizer.open(Files.writeString(folder.resolve("merges.txt"), MERGES));
    }

    @Test
    void idsEqualTheReferenceImplementation() {
        check(
                "The cat is singing, on a RED   ball!",
                "525 513 515 72 338 82 516 70 517 267 518 522 520 65 64 523 256 526");
        check("it's the caf\u00e9 &amp;amp; 3 cats", "525 72 339 6 338 513 514 69 127 358 261 274 514 83 338 526");
        check("na\u00efve_test <|endoftext|> 12", "525 77 64 127 107 85 324 318 83 68 82 339 526 272 273 526");
        check("\ud83d\udc31 the", "525 524 238 365 513 526");
    }

    @Test
    void anEmptyTextIsStartAndEnd() {
        check(" \t ", "525 526");
    }

    @Test
    void aLongTextIsCutOffAndStillEnds() {
        long[] tokens = tokenizer.tokens("the ".repeat(100));
        assertThat(tokens).hasSize(77).startsWith(525, 513, 513).endsWith(513, 526);
    }

    @Test
    void anotherFileIsRefused() throws IOException {
        Path json = Files.writeString(folder.resolve("vocab.json"), "{\"a\": 1}");
        assertThatThrownBy(() -> ClipTokenizer.open(json))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("bpe_simple_vocab_16e6.txt.gz or merges.txt");
        Path words = Files.writeString(folder.resolve("words.txt"), "heading\na b\nthree words here\n");
        assertThatThrownBy(() -> ClipTokenizer.open(words))
                .hasMessageContaining(
                        "words.txt:3: expected two tokens with a blank between them, found \"three words");
    }

    private void check(String text, String expected) {
        long[] ids =
                Arrays.stream(expected.split(" ")).mapToLong(Long::parseLong).toArray();
        assertThat(tokenizer.tokens(text)).as(text).containsExactly(Arrays.copyOf(ids, ClipTokenizer.LENGTH));
    }
}
