package dev.touchstone.metrics.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.measure.MeasureSettings.Execution;
import dev.touchstone.metrics.measure.MeasureSettings.Features;
import dev.touchstone.metrics.measure.MeasureSettings.Sources;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.weights.network.Formula;
import dev.touchstone.metrics.weights.network.InceptionFeatures;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import dev.touchstone.metrics.weights.store.FormulaStore;
import dev.touchstone.metrics.weights.store.WeightsKind;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Set metrics on folders, with Inception by formula weights; reference values as in {@code InceptionFeaturesTest}. */
class MeasureTest {

    @TempDir
    private static Path shared;

    private static Path weights;
    private static Path first;
    private static Path second;
    private static JsonNode reference;

    @TempDir
    private Path folder;

    @BeforeAll
    static void prepare() throws IOException {
        weights = FormulaStore.write(shared, WeightsKind.INCEPTION_V3);
        first = images(shared.resolve("first"), 0, 12);
        second = images(shared.resolve("second"), 100, 10);
        try (InputStream in = InceptionFeatures.class.getResourceAsStream("inception.json")) {
            reference = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void distanceOfFoldersEqualsPytorchFidWhateverTheBatchesAndThreads() {
        double expected = reference.get("pytorch-fid-2048").get("fid").asDouble();
        Measurement two = new Measure(computing(2, 5), MeasureProgress.NONE).of("fid", first, second);
        Measurement one = new Measure(computing(1, 12), MeasureProgress.NONE).of("fid", first, second);

        assertThat(value(two)).isCloseTo(expected, within(1e-4 * expected));
        assertThat(value(one)).isEqualTo(value(two));
        assertThat(two.score().metric()).hasToString("fid[inception-v3]");
        assertThat(two.warnings()).anySatisfy(w -> assertThat(w).contains("10 images for 2048 features"));
        JsonNode json = MeasurementJson.of(two);
        assertThat(json.get("metric").asText()).isEqualTo("fid");
        assertThat(json.get("n")).hasToString("[12,10]");
        assertThat(json.get("recipe").asText()).isEqualTo("pytorch-fid");
        assertThat(json.get("weightsDigest").asText()).hasSize(64);
        assertThat(json.get("method").asText()).isEqualTo("nuclear-norm");
    }

    @Test
    void aSecondMeasurementTakesFeaturesFromTheCacheAndStatisticsFromAFile() {
        Path statistics = folder.resolve("reference.npz");
        MeasureSettings settings =
                computing(2, 4).withCache(folder.resolve("cache")).withSaveStatistics(statistics);
        List<String> tasks = new ArrayList<>();
        Measurement computed =
                new Measure(settings, (task, done, total) -> tasks.add(done + "/" + total)).of("fid", first, second);
        Measurement cached = new Measure(settings, MeasureProgress.NONE).of("fid", first, second);
        Measurement fromFile = new Measure(settings(2, 4), MeasureProgress.NONE).of("fid", first, statistics);

        assertThat(tasks).contains("12/12", "10/10");
        assertThat(value(cached)).isEqualTo(value(computed));
        assertThat(value(fromFile)).isCloseTo(value(computed), within(1e-5 * value(computed)));
        assertThat(((Score.Scored) fromFile.score()).method()).isEqualTo("singular-values");
        Measurement files =
                new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("fid", statistics, statistics);
        assertThat(files.score().metric()).as("no network is known or needed").hasToString("fid");
        assertThat(value(files)).isBetween(0.0, 1e-6);
    }

    @Test
    void identicalFoldersHaveZeroDistance() {
        assertThat(value(new Measure(settings(2, 4), MeasureProgress.NONE).of("fid", first, first)))
                .isBetween(0.0, 1e-9);
    }

    @Test
    void theBuiltInNetworkNeedsNoWeights() {
        Measurement fid = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("fid", first, second);
        assertThat(fid.score().metric()).hasToString("fid[touchstone-1]");
        assertThat(value(fid)).isPositive();
    }

    @Test
    void aFolderOfOneImageGivesNoNumberAndSaysWhy() throws IOException {
        Path one = images(folder.resolve("one"), 0, 1);
        Measurement fid = new Measure(settings(2, 4), MeasureProgress.NONE).of("fid", one, second);
        assertThat(fid.score()).isInstanceOf(Score.Unscored.class);
        assertThat(MeasurementJson.of(fid).get("unscored").asText()).contains("found 1 generated and 10 reference");
        Measurement line =
                new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("fid-infinity", one, second);
        assertThat(MeasurementJson.of(line).get("unscored").asText())
                .isEqualTo("fid-infinity needs at least 20 generated images and 2 of reference, found 1 and 10");
    }

    @Test
    void aCorruptFileIsNamedAndDoesNotCount() throws IOException {
        Path bad = images(folder.resolve("bad"), 0, 12);
        Files.write(bad.resolve("000b.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        Measurement measured = new Measure(settings(2, 5), MeasureProgress.NONE).of("fid", bad, second);

        assertThat(value(measured))
                .isEqualTo(value(new Measure(settings(1, 3), MeasureProgress.NONE).of("fid", first, second)));
        assertThat(measured.unreadable()).hasSize(1);
        assertThat(measured.unreadable().get(0).file()).isEqualTo(bad.resolve("000b.png"));
        assertThat(measured.warnings()).contains("1 file is unreadable and did not count");
    }

    @Test
    void emptyAndMissingFoldersAreNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Measure measure = new Measure(settings(1, 4), MeasureProgress.NONE);
        assertThatThrownBy(() -> measure.of("fid", empty, second))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining(empty + ": expected images");
        assertThatThrownBy(() -> measure.of("kid", first, folder.resolve("none")))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("none: expected a folder of images, found nothing");
    }

    @Test
    void aFileInPlaceOfAFolderIsNamed() {
        Path file = first.resolve("000.png");
        Measure measure = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE);
        assertThatThrownBy(() -> measure.of("kid", file, second))
                .isInstanceOf(MetricException.class)
                .hasMessage(file + ": expected a folder of images, found a file; kid compares sets");
        assertThatThrownBy(() -> measure.of("fid", first, file))
                .hasMessage(file + ": expected a folder of images or an npz file of statistics, found a file; fid"
                        + " compares sets");
    }

    @Test
    void whatSizesDoToANumberIsToldBesideIt() throws IOException {
        Path eight = images(folder.resolve("eight"), 0, 8);
        Path more = images(folder.resolve("more"), 50, 22);
        Measure measure = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE);

        assertThat(measure.of("prdc", eight, second).warnings())
                .containsExactly("sets of unequal size: 8 generated and 10 reference");
        assertThat(measure.of("prdc", second, second).warnings()).isEmpty();
        assertThat(measure.of("fid-infinity", more, second).warnings())
                .anySatisfy(w -> assertThat(w).startsWith("22 generated images for 224 features: FID of subsets"))
                .contains("sets of unequal size: 22 generated and 10 reference");
        Measurement whole = measure.of("kid", second, second);
        assertThat(whole.parts()).doesNotContainKey("std").containsKey("full");
        assertThat(whole.warnings())
                .contains("every subset is the whole of both sides: there is no spread over subsets");
    }

    @Test
    void kernelDistanceSharesTheFeaturesAndShrinksItsSubsets() {
        Measurement kid = new Measure(settings(2, 4), MeasureProgress.NONE).of("kid", first, second);
        assertThat(kid.parts()).containsKeys("std", "full", "full-low", "full-high");
        assertThat(kid.parts().get("subset-size")).isEqualTo(10);
        assertThat(kid.warnings()).anySatisfy(w -> assertThat(w).contains("subsets of 10 images instead of 1000"));
    }

    @Test
    void classesAreScoredWithInceptionOnly() {
        Measurement score = new Measure(settings(2, 4), MeasureProgress.NONE).of("is", first);
        assertThat(value(score)).isGreaterThanOrEqualTo(1);
        assertThat(score.warnings())
                .anySatisfy(
                        w -> assertThat(w).contains("12 images in 10 splits").contains("cannot exceed its 1 images"));
        assertThatThrownBy(() -> new Measure(MeasureSettings.defaults(), MeasureProgress.NONE).of("is", first))
                .hasMessageContaining("--features inception-v3");
    }

    private static double value(Measurement measurement) {
        return ((Score.Scored) measurement.score()).value();
    }

    private static MeasureSettings settings(int threads, int batch) {
        return computing(threads, batch).withCache(shared.resolve("cache"));
    }

    private static MeasureSettings computing(int threads, int batch) {
        return MeasureSettings.defaults()
                .withFeatures(Features.INCEPTION_V3)
                .withWeights(weights)
                .withExecution(new Execution(threads, batch))
                .withSources(new Sources(
                        new WeightsStore(shared.resolve("store")), DigestPolicy.ALLOW_UNKNOWN, new ImageDecoder()));
    }

    private static Path images(Path folder, int from, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve(String.format("%03d.png", i)), PngFile.encode(Formula.image(from + i, 96, 80)));
        }
        return folder;
    }
}
