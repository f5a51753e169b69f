package dev.touchstone.metrics.metric.fid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Samples;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: NumPy 1.24.2, by {@code .ci/reference/statistics.py}. */
class StatisticsFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pytorch-fid.npz", "clean-fid.npz", "guided-diffusion.npz"})
    void readsTheFilesOfThePeers(String name) throws IOException {
        FeatureMoments moments = StatisticsFile.read(copy(name));
        double third = name.startsWith("clean") ? (float) (1 / 3.0) : 1 / 3.0;
        assertThat(moments.dimension()).isEqualTo(5);
        assertThat(moments.n()).isEmpty();
        assertThat(moments.mean()[1]).isEqualTo(third);
        assertThat(moments.covariance().value(0, 4)).isEqualTo(9);
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
