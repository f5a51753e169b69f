package dev.touchstone.metrics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.weights.network.Formula;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import dev.touchstone.metrics.weights.store.FormulaStore;
import dev.touchstone.metrics.weights.store.WeightsKind;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LPIPS reference values as in {@code LpipsNetworkTest}. */
class PictureMeasureTest {

    @TempDir
    private Path folder;

    @Test
    void foldersArePairedByNameAndAveraged() throws IOException {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        write(a, "x.png", 0);
        write(a, "y.png", 2);
        write(b, "x.png", 1);
        write(b, "y.png", 2);

        Measurement lpips = new Measure(settings(), MeasureProgress.NONE).of("lpips", a, b);
        assertThat(lpips.score().metric()).hasToString("lpips[squeeze]");
        assertThat(lpips.pairs()).extracting(Measurement.Pair::name).containsExactly("x", "y");
        assertThat(lpips.pairs().get(0).value().orElseThrow()).isCloseTo(1.1804667711257935, within(1e-5));
        assertThat(lpips.pairs().get(1).value()).contains(0.0);
        assertThat(((Score.Scored) lpips.score()).value()).isCloseTo(1.1804667711257935 / 2, within(1e-5));

        Measurement psnr = new Measure(settings(), MeasureProgress.NONE).of("psnr", a, b);
        assertThat(psnr.pairs().get(1).value()).as("identical images").isEmpty();
        assertThat(((Score.Scored) psnr.score()).n().generated()).isEqualTo(1);
        assertThat(psnr.warnings())
                .containsExactly("1 of 2 pairs have no psnr (identical pictures); the mean is over the others");
        Measurement ssim = new Measure(settings(), MeasureProgress.NONE).of("ssim", a, b);
        assertThat(ssim.pairs().get(1).value()).contains(1.0);
    }

    @Test
    void theBuiltInNetworkNeedsNoWeights() throws IOException {
        Path a = write(folder, "p.png", 3);
        Path b = write(folder, "q.png", 103);
        Measurement same = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("lpips", a, a);
        Measurement other = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("lpips", a, b);
        assertThat(((Score.Scored) same.score()).value()).isZero();
        assertThat(((Score.Scored) other.score()).value()).isPositive();
        assertThat(other.score().metric()).hasToString("lpips[touchstone-1]");
    }

    @Test
    void resizingOfTheBuiltInNetworkIsSaidWhereSizesAreUnequal() throws IOException {
        Path a = write(folder, "p.png", 3);
        Path b = Files.write(folder.resolve("q.png"), PngFile.encode(Formula.image(3, 40, 50)));
        Measurement measured = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("lpips", a, b);
        assertThat(measured.warnings())
                .containsExactly("1 of 1 pair is of unequal sizes; the built-in network resizes every image to its own"
                        + " size first");
    }

    @Test
    void pairsThatGoThroughTheBuiltInNetworkTogetherHaveTheirOwnValues() throws IOException {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        for (int i = 0; i < 20; i++) {
            write(a, "%02d.png".formatted(i), i);
            write(b, "%02d.png".formatted(i), i + 100);
        }
        Files.writeString(b.resolve("03.png"), "no picture");

        Measurement together = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("lpips", a, b);

        assertThat(together.pairs())
                .hasSize(19)
                .extracting(Measurement.Pair::name)
                .doesNotContain("03");
        assertThat(together.unreadable()).hasSize(1);
        for (Measurement.Pair pair : together.pairs()) {
            String name = pair.name() + ".png";
            Measurement alone = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE)
                    .of("lpips", a.resolve(name), b.resolve(name));
            assertThat(pair.value().orElseThrow())
                    .as(name)
                    .isCloseTo(((Score.Scored) alone.score()).value(), within(1e-9));
        }
    }

    @Test
    void twoFilesAreAPair() throws IOException {
        Path a = write(folder, "p.png", 3);
        Path b = write(folder, "q.png", 3);
        Measurement psnr = new Measure(settings(), MeasureProgress.NONE).of("psnr", a, b);
        assertThat(psnr.score()).isInstanceOf(Score.Unscored.class);
    }

    @Test
    void filesWithoutPartnersAreAllNamed() throws IOException {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        write(a, "x.png", 0);
        write(a, "only-here.png", 0);
        write(b, "x.png", 1);
        write(b, "only-there.png", 1);
        assertThatThrownBy(() -> new Measure(settings(), MeasureProgress.NONE).of("ssim", a, b))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("only-here.png has no partner")
                .hasMessageContaining("only-there.png has no partner");
    }

    @Test
    void namesInTwoNormalFormsArePairedAndWhatIsLeftOutIsSaid() throws IOException {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        write(a, "caf\u00e9.png", 0);
        write(b, "cafe\u0301.png", 0);
        write(b, "._cafe\u0301.png", 7);
        Files.writeString(a.resolve("notes.txt"), "x");

        Measurement ssim = new Measure(settings(), MeasureProgress.NONE).of("ssim", a, b);

        assertThat(ssim.pairs()).hasSize(1);
        assertThat(((Score.Scored) ssim.score()).value()).isEqualTo(1.0);
        assertThat(ssim.leftOut()).hasSize(2);
        assertThat(ssim.warnings())
                .containsExactly(
                        a + ": left out notes.txt: without an image's ending",
                        b + ": left out ._cafe\u0301.png: hidden");
    }

    @Test
    void aPairThatCannotBeReadDoesNotCountAndNoneAtAllIsAnError() throws IOException {
        Path a = folder.resolve("a");
        Path b = folder.resolve("b");
        write(a, "x.png", 0);
        write(b, "x.png", 1);
        Path bad = Files.writeString(a.resolve("y.png"), "not a picture");
        write(b, "y.png", 1);
        Measurement ssim = new Measure(settings(), MeasureProgress.NONE).of("ssim", a, b);
        assertThat(ssim.unreadable()).extracting(UnreadableImage::file).containsExactly(bad);
        assertThat(ssim.warnings()).containsExactly("1 file is unreadable; its pair did not count");
        assertThat(((Score.Scored) ssim.score()).n().generated()).isEqualTo(1);

        assertThatThrownBy(() -> new Measure(settings(), MeasureProgress.NONE).of("ssim", bad, b.resolve("y.png")))
                .isInstanceOf(MetricException.class)
                .hasMessageStartingWith(
                        "ssim: expected a pair of readable images, found 1 file that is not; the first: " + bad
                                + ": expected PNG");
        assertThatThrownBy(() -> new Measure(settings(), MeasureProgress.NONE).of("ssim", bad, b))
                .hasMessage("pairs: expected two files or two folders, found the file " + bad + " and the folder " + b);
    }

    @Test
    void unequalSizesNameThePair() throws IOException {
        Path a = write(folder, "p.png", 3);
        Path b = Files.write(folder.resolve("q.png"), PngFile.encode(Formula.image(0, 20, 20)));
        assertThatThrownBy(() -> new Measure(settings(), MeasureProgress.NONE).of("ssim", a, b))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("p.png and ")
                .hasMessageContaining("found 70 x 66 and 20 x 20");
    }

    private MeasureSettings settings() throws IOException {
        return MeasureSettings.defaults()
                .withNet(PerceptualBackbone.SQUEEZE)
                .withBackboneWeights(FormulaStore.write(folder, WeightsKind.SQUEEZENET))
                .withLinearWeights(FormulaStore.write(folder, WeightsKind.LPIPS_SQUEEZE))
                .withSources(new MeasureSettings.Sources(
                        new WeightsStore(folder.resolve("store")), DigestPolicy.ALLOW_UNKNOWN, new ImageDecoder()));
    }

    private static Path write(Path folder, String name, int index) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(name), PngFile.encode(Formula.image(index, 70, 66)));
    }
}
