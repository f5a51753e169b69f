package dev.touchstone.metrics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.weights.network.ClipTowers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Towers small enough to compute by hand: an image is its mean colour, a text the ids at its places 0 to 2. */
class ClipScoreMeasureTest {

    @TempDir
    private Path folder;

    private Path images;
    private Path prompts;

    @BeforeEach
    void pictures() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        byte[] white = new byte[40 * 30 * 3];
        Arrays.fill(white, (byte) 255);
        PngFile.write(images.resolve("one.png"), new RgbImage(40, 30, white));
        PngFile.write(images.resolve("two.png"), new RgbImage(40, 30, new byte[40 * 30 * 3]));
        prompts = folder.resolve("prompts.txt");
    }

    @Test
    void eachImageIsComparedWithItsOwnPrompt() throws IOException {
        Files.writeString(prompts, "two\tb\none\ta\n");
        Measurement measured = measure();
        // Ids: start 513, a</w> 320 and b</w> 321, end 514; colours are (x - mean) / deviation.
        double one = cosine(new double[] {513, 320, 514}, 1);
        double two = cosine(new double[] {513, 321, 514}, 0);
        assertThat(measured.pairs()).extracting(Measurement.Pair::name).containsExactly("one", "two");
        assertThat(measured.pairs().get(0).value().orElseThrow()).isCloseTo(100 * one, within(1e-4));
        assertThat(measured.pairs().get(1).value().orElseThrow()).isCloseTo(100 * two, within(1e-4));
        Score.Scored score = (Score.Scored) measured.score();
        assertThat(score.value()).isCloseTo(Math.max(50 * (one + two), 0), within(1e-4));
        assertThat(score.n().generated()).isEqualTo(2);
    }

    @Test
    void anUnreadableImageIsNamedAndDoesNotShiftThePrompts() throws IOException {
        Files.writeString(prompts, "one\ta\ntwo\tb\nbad\tc\n");
        Files.writeString(images.resolve("bad.png"), "no picture");
        Measurement measured = measure();
        assertThat(measured.unreadable()).hasSize(1);
        assertThat(measured.pairs()).extracting(Measurement.Pair::name).containsExactly("one", "two");
        assertThat(measured.pairs().get(0).value().orElseThrow())
                .isCloseTo(100 * cosine(new double[] {513, 320, 514}, 1), within(1e-4));
    }

    @Test
    void imagesWithoutPromptAndBrokenLinesAreNamed() throws IOException {
        Files.writeString(prompts, "one\ta\n");
        assertThatThrownBy(this::measure)
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("two.png has no line \"two\" in " + prompts);
        Files.writeString(prompts, "one a\none\ta\none\tb\n");
        assertThatThrownBy(this::measure)
                .hasMessageContaining("prompts.txt:1: expected name, tab, prompt, found \"one a\"")
                .hasMessageContaining("prompts.txt:3: expected each name once, found \"one\" again");
    }

    @Test
    void aPromptThatClipDoesNotReadToItsEndIsNamed() throws IOException {
        Files.writeString(prompts, "one\ta\ntwo\t" + "b ".repeat(76) + "\n");
        assertThat(measure().warnings())
                .containsExactly(
                        "1 prompt has more than CLIP's 77 tokens; what is behind them does not count: two (78)");
        Files.writeString(prompts, "one\ta\ntwo\t" + "b ".repeat(75) + "\n");
        assertThat(measure().warnings()).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        Files.writeString(prompts, "\ufeffone\ta\ntwo\tb\n\u200b\n");
        assertThat(measure().pairs()).hasSize(2);
        Files.write(prompts, "one\ta\ntwo\tb\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(this::measure)
                .hasMessage(
                        prompts
                                + ": expected a text file of prompts in UTF-8, found UTF-16; save it as UTF-8, in a spreadsheet as \"CSV UTF-8\"");
    }

    private Measurement measure() throws IOException {
        Path vocabulary = Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nx y\n");
        Path image = Files.write(folder.resolve("image.onnx"), ClipTowers.meanColour(8));
        Path text = Files.write(folder.resolve("text.onnx"), ClipTowers.firstIds(3));
        MeasureSettings settings = MeasureSettings.defaults()
                .withClipModel(image)
                .withClipText(new MeasureSettings.ClipText(text, vocabulary));
        return new Measure(settings, MeasureProgress.NONE).of("clip-score", images, prompts);
    }

    private static double cosine(double[] text, double sample) {
        double[] image = {
            (sample - .48145466) / .26862954, (sample - .4578275) / .26130258, (sample - .40821073) / .27577711
        };
        double product = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < 3; i++) {
            product += image[i] * text[i];
            a += image[i] * image[i];
            b += text[i] * text[i];
        }
        return product / Math.sqrt(a * b);
    }
}
