package dev.touchstone.eval.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.eval.training.TrainingSettings.Start;
import dev.touchstone.metrics.feature.FeatureException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTrainerTest {

    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    @TempDir
    Path folder;

    @Test
    void learnsWhatTheExamplesShowAndSaysHowWell() throws Exception {
        ModelCard card = trainer("run", 160, Start.FRESH, new DrawnExamples()).run();
        assertThat(card.accuracy().get("subject").accuracy()).isGreaterThan(0.9);
        assertThat(card.accuracy().get("subject").n()).isEqualTo(64);
        assertThat(card.accuracy().get("place").n()).isEqualTo(32);
        assertThat(card.accuracy()).doesNotContainKey("word");
    }

    @Test
    void continuesAfterAnInterruptionToTheSameWeights() throws Exception {
        trainer("whole", 128, Start.FRESH, new DrawnExamples()).run();
        ExampleSource breaking = new ExampleSource() {
            @Override
            public Example training(long index) {
                if (index >= 80) {
                    throw new IllegalStateException("power cut");
                }
                return new DrawnExamples().training(index);
            }

            @Override
            public Example heldBack(long index) {
                return new DrawnExamples().heldBack(index);
            }
        };
        assertThatThrownBy(() -> trainer("broken", 128, Start.FRESH, breaking).run())
                .isInstanceOf(IllegalStateException.class);
        trainer("broken", 128, Start.RESUME, new DrawnExamples()).run();

        ComputationGraph whole = model("whole");
        ComputationGraph resumed = model("broken");
        assertThat(resumed.params().equalsWithEps(whole.params(), 1e-5)).isTrue();
        assertThat(resumed.getIterationCount()).isEqualTo(8);
    }

    @Test
    void startsFromTheWeightsOfAnotherModel() throws Exception {
        trainer("first", 64, Start.FRESH, new DrawnExamples()).run();
        Path start = folder.resolve("first/model.zip");
        TrainingSettings settings =
                new TrainingSettings(folder.resolve("second"), 16, 12, 16, 1, 64, Optional.of(start), Start.FRESH);
        new FeatureTrainer(settings, new DrawnExamples(), Duration.ZERO, SILENT).run();

        // One step of Adam moves a weight by the learning rate at most; other starting weights are far away.
        assertThat(model("second").params().equalsWithEps(model("first").params(), 0.01))
                .isTrue();
    }

    @Test
    void refusesToOverwriteARunOrToResumeAnother() throws Exception {
        trainer("run", 16, Start.FRESH, new DrawnExamples()).run();
        assertThatThrownBy(() ->
                        trainer("run", 16, Start.FRESH, new DrawnExamples()).run())
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("--resume");
        assertThatThrownBy(() ->
                        trainer("run", 32, Start.RESUME, new DrawnExamples()).run())
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("images=32")
                .hasMessageContaining("images=16");
    }

    @Test
    void theModelFileHoldsNoSerialisedObjects() throws Exception {
        trainer("run", 16, Start.FRESH, new DrawnExamples()).run();
        Set<String> entries = new HashSet<>();
        try (ZipFile zip = new ZipFile(folder.resolve("run/model.zip").toFile())) {
            zip.stream().forEach(entry -> entries.add(entry.getName()));
        }
        assertThat(entries).containsExactlyInAnyOrder("configuration.json", "coefficients.bin");
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        assertThatThrownBy(() -> TrainingSettings.parse("--out", "x", "--images", "many"))
                .hasMessage("--images: expected a whole number, found many");
        assertThatThrownBy(() -> TrainingSettings.parse("--images", "10"))
                .hasMessage("--out: expected a folder, found none");
    }

    private ComputationGraph model(String name) throws Exception {
        return ModelSerializer.restoreComputationGraph(
                folder.resolve(name).resolve("model.zip").toFile(), false);
    }

    private FeatureTrainer trainer(String name, long images, Start start, ExampleSource source) {
        TrainingSettings settings =
                new TrainingSettings(folder.resolve(name), images, 11, 16, 1, 64, Optional.empty(), start);
        return new FeatureTrainer(settings, source, Duration.ZERO, SILENT);
    }
}
