package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSamplesTest {

    @TempDir
    Path runs;

    @Test
    void everyPromptHasItsTimesWorkCostAndPictures() {
        RunFolder folder = SampleRun.make(runs, 12);
        RunSamples samples = RunSamples.read(folder);

        assertThat(samples.prompts().size()).isEqualTo(12);
        assertThat(samples.prompts().id(5)).isEqualTo(SampleRun.prompt(5));
        PromptValues endToEnd = samples.of("latency.end-to-end").orElseThrow().values();
        assertThat(endToEnd.size()).as("prompt 3 failed").isEqualTo(11);
        assertThat(endToEnd.count(3)).isZero();
        double phases = 0;
        for (Phase phase : Phase.values()) {
            phases += samples.of("latency.phase." + phase.id())
                    .map(values -> values.values().sum(5))
                    .orElse(0.0);
        }
        phases += samples.of("latency.phase.other").orElseThrow().values().sum(5);
        assertThat(phases)
                .isCloseTo(samples.of("latency.service").orElseThrow().values().sum(5), within(1e-9));
        assertThat(samples.of("latency.phase.sampling").orElseThrow().values().sum(5))
                .as("two images at 15 ms")
                .isCloseTo(0.030, within(1e-9));
        assertThat(samples.of("delivered").orElseThrow().values().of(3)).containsExactly(0, 0);
        assertThat(samples.counts().failed()[3]).isEqualTo(2);
        assertThat(samples.counts().planned(3)).isEqualTo(2);
        PromptValues cost = samples.of("cost.request").orElseThrow().values();
        assertThat(cost.size()).as("failed requests cost money too").isEqualTo(12);
    }

    @Test
    void cohortsAreWhatThePromptsAreLabelledWith() {
        RunSamples samples = RunSamples.read(SampleRun.make(runs, 12));
        CohortKey portraits = CohortKey.of(CohortAxis.WORKFLOW, "portraits");

        assertThat(samples.cohorts()).contains(CohortKey.OVERALL, portraits);
        assertThat(samples.prompts().of(portraits)).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void valuesOfAPromptStandByImageIndexHoweverTheyCame() {
        PromptValues values = new PromptValues.Builder()
                .add(1, 2, 12)
                .add(0, 0, 1)
                .add(1, 0, 10)
                .add(1, 1, 11)
                .build(3);

        assertThat(values.of(1)).containsExactly(10, 11, 12);
        assertThat(values.index(1, 2)).isEqualTo(2);
        assertThat(values.count(2)).isZero();
        assertThat(values.of(new int[] {1, 0})).containsExactly(10, 11, 12, 1);
        assertThatThrownBy(() ->
                        new PromptValues.Builder().add(0, 1, 5).add(0, 1, 6).build(1))
                .hasMessageContaining("one value of image 1 of prompt 0, found two");
    }
}
