package dev.touchstone.metrics.metric.fid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.NpzFile;
import dev.touchstone.metrics.metric.numpy.NumpyArray;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: NumPy 1.24.2, by {@code .ci/reference/statistics.py}. */
class StatisticsFileTest {

    @TempDir
    private Path folder;

    private int files;

    @ParameterizedTest
    @ValueSource(strings = {"pytorch-fid.npz", "clean-fid.npz", "guided-diffusion.npz"})
    void readsTheFilesOfThePeers(String name) throws IOException {
        FeatureMoments moments = StatisticsFile.read(copy(name));
        double third = name.startsWith("clean") ? (float) (1 / 3.0) : 1 / 3.0;
        assertThat(moments.dimension()).isEqualTo(5);
        assertThat(moments.n()).isEmpty();
        assertThat(moments.mean()[1]).isEqualTo(third);
        assertThat(moments.covariance().value(0, 4)).isEqualTo(4 / 7.0 + 0x1p-51);
        assertThat(moments.covariance().value(4, 0)).isEqualTo(4 / 7.0);
        assertThat(moments.covariance().value(2, 2)).isEqualTo(4 / 7.0 + 1);
    }

    @Test
    void readsWhatItWrites() {
        FeatureMoments moments = FeatureMoments.of(Samples.gaussian(new RandomState(3), 40, 7));
        Path file = folder.resolve("own.npz");
        StatisticsFile.write(file, moments);
        FeatureMoments read = StatisticsFile.read(file);
        assertThat(read.mean()).isEqualTo(moments.mean());
        assertThat(read.covariance().values()).isEqualTo(moments.covariance().values());
        assertThat(FrechetInceptionDistance.between(moments, read).value()).isBetween(0.0, 1e-12);
    }

    @Test
    void objectsAreRefusedAndNotUnpickled() {
        assertThatThrownBy(() -> StatisticsFile.read(copy("objects.npz")))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining(":mu: expected numbers")
                .hasMessageContaining("found dtype |O");
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> StatisticsFile.read(copy("misfit.npz")))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("found [5] and [5, 4]");
    }

    @Test
    void halvesThatDifferAreRefusedWithTheSizeOfTheFault() {
        Path file = faulty(1, sigma -> sigma[1] += .5);
        assertThatThrownBy(() -> StatisticsFile.read(file))
                .isInstanceOf(MetricException.class)
                .hasMessage(file
                        + ": expected a symmetric sigma, found halves that differ by up to 0.500000 (sigma[1, 0] and [0, 1];"
                        + " the largest variance is 2.00000); is it the covariance (numpy.cov) of the features?");
    }

    @Test
    void halvesThatDifferByRoundingAreRead() {
        assertThat(StatisticsFile.read(faulty(1, sigma -> sigma[1] += 1e-16)).dimension())
                .isEqualTo(3);
        // All values are floats: they were rounded to them.
        assertThat(StatisticsFile.read(faulty(1, sigma -> sigma[1] += Math.ulp(1f)))
                        .dimension())
                .isEqualTo(3);
        assertThatThrownBy(() -> StatisticsFile.read(faulty(1, sigma -> {
                    sigma[1] += Math.ulp(1f);
                    sigma[8] = 1 / 3.0;
                })))
                .hasMessageContaining("expected a symmetric sigma");
    }

    @Test
    void aCovarianceBelowZeroIsRefusedWithItsSmallestEigenvalue() {
        Path file = faulty(1, sigma -> Arrays.setAll(sigma, i -> -sigma[i]));
        FeatureMoments sound = StatisticsFile.read(faulty(1, sigma -> {}));
        FeatureMoments negative = StatisticsFile.read(file);
        String fault = file
                + ": expected a covariance, whose eigenvalues are not below 0, found the smallest -2.00000 beside a"
                + " largest of -1.00000; is it the covariance (numpy.cov) of the features?";
        assertThatThrownBy(() -> FrechetInceptionDistance.between(sound, negative))
                .hasMessage(fault);
        assertThatThrownBy(() -> FrechetInceptionDistance.between(negative, sound))
                .hasMessage(fault);
    }

    @Test
    void aCovarianceOfFewImagesIsBelowZeroByRoundingAndCounts() {
        FeatureMoments few = FeatureMoments.of(Samples.gaussian(new RandomState(5), 4, 30));
        float[] rounded = new float[900];
        for (int i = 0; i < 900; i++) {
            rounded[i] = (float) few.covariance().values()[i];
        }
        double[] values = new double[900];
        Arrays.setAll(values, i -> rounded[i]);
        FeatureMoments floats =
                new FeatureMoments("floats", OptionalLong.empty(), few.mean(), new Matrix(30, 30, values));

        assertThat(FrechetInceptionDistance.between(few, few).value()).isBetween(0.0, 1e-10);
        assertThat(FrechetInceptionDistance.between(floats, few).value()).isBetween(0.0, 1e-3);
    }

    @Test
    void valuesThatAreNoNumbersOrTooLargeAreRefusedWithTheirPlace() {
        Path nan = faulty(1, sigma -> sigma[5] = Double.NaN);
        Path large = faulty(1e200, sigma -> {});
        assertThatThrownBy(() -> StatisticsFile.read(nan))
                .isInstanceOf(MetricException.class)
                .hasMessage(nan + ": expected finite values of at most 1.0E150, found NaN (sigma[1, 2])");
        assertThatThrownBy(() -> StatisticsFile.read(large))
                .isInstanceOf(MetricException.class)
                .hasMessage(large + ": expected finite values of at most 1.0E150, found 1.0E200 (mu[0])");
    }

    /** Means of one value, and diag (1, 2, 1) with a fault. */
    private Path faulty(double mean, Consumer<double[]> fault) {
        double[] mu = {mean, mean, mean};
        double[] sigma = {1, 0, 0, 0, 2, 0, 0, 0, 1};
        fault.accept(sigma);
        Path file = folder.resolve("faulty" + files++ + ".npz");
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("mu", new NumpyArray(List.of(3), mu));
        arrays.put("sigma", new NumpyArray(List.of(3, 3), sigma));
        NpzFile.write(file, arrays);
        return file;
    }

    @Test
    void truncatedAndForeignFilesAreNamed() throws IOException {
        Path half = Files.write(
                folder.resolve("half.npz"), Arrays.copyOf(Files.readAllBytes(copy("pytorch-fid.npz")), 200));
        assertThatThrownBy(() -> StatisticsFile.read(half))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("half.npz: expected an npz file");
        assertThatThrownBy(() -> StatisticsFile.read(folder.resolve("none.npz")))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("none.npz");
    }

    private Path copy(String name) throws IOException {
        try (InputStream in = StatisticsFileTest.class.getResourceAsStream(name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
