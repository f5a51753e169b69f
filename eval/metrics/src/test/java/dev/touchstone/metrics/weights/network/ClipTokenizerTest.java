package dev.touchstone.metrics.weights.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.weights.container.WeightsException;
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

    /** With ftfy 6.3.1 and regex in place: {@code pip install ftfy==6.3.1 regex}. */
    @Test
    void textsAreRepairedAsTheReferenceRepairsThem() {
        check("the cat\u2019s \u201cred\u201d ball", "525 513 515 6 338 257 520 257 65 64 523 526");
        check("cafe\u0301 re\u0301d \u201cthe\u201d", "525 514 69 127 358 81 521 323 257 513 257 526");
        check(
                "\uff34\uff28\uff25\u3000\uff43\uff41\uff54 \uff76\uff80\uff76\uff85",
                "525 513 515 159 224 104 159 224 123 159 224 104 159 225 488 526");
        check("\ufb01nal \ufb05 \u0149 \u01c6 \u0133", "525 69 516 64 331 129 123 339 262 333 67 129 378 72 329 526");
        check("&lt;the&gt; &amp;amp;amp; \u2018the\u2019 &#8217;", "525 283 513 285 261 6 339 71 324 262 262 526");
        check("<b>&amp;amp;lt;the", "525 283 321 29 261 75 339 282 513 526");
        check(
                "zero\u200bwidth and soft\u00adhyphen\ufeff ok",
                "525 89 68 81 334 158 222 489 86 72 67 83 327 64 77 323 82 78 69 339 126 511 71 88 79 71 68 333 78 330 526");
        check(
                "it`s \"the\" \u2032prime\u2033 \u201fx\u201b",
                "525 72 339 319 338 257 513 257 158 222 366 79 81 72 76 324 158 222 367 257 343 262 526");
        check("&#150; the &#x2019; cat", "525 158 222 497 513 262 515 526");
    }

    @Test
    void theTokensOfALongTextAreCountedToItsEnd() {
        assertThat(tokenizer.count("the cat")).isEqualTo(4);
        assertThat(tokenizer.count("the ".repeat(100))).isEqualTo(102);
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
