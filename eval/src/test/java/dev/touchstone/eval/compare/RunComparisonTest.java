package dev.touchstone.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.cohort.SampleRun;
import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.RunFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {

    @TempDir
    Path base;

    @TempDir
    Path candidate;

    private Comparison compare(int ofBase, int ofCandidate) {
        RunFolder before = SampleRun.make(base, ofBase);
        RunFolder after = SampleRun.make(candidate, ofCandidate);
        return RunComparison.read(before, after, PictureComparison.NONE, Surroundings.NONE)
                .compare(ComparisonSettings.USUAL);
    }

    @Test
    void aRunBesideItselfIsAnAaTestWithoutDifferences() {
        Comparison comparison = compare(40, 40);

        assertThat(comparison.conditions().kind()).isEqualTo(Conditions.Kind.SAME);
        assertThat(comparison.coverage().bitEqual()).isTrue();
        assertThat(comparison.coverage().images()).isEqualTo(78);
        assertThat(comparison.falseWins()).isEmpty();
        assertThat(comparison.cohorts())
                .isNotEmpty()
                .allSatisfy(cohort -> assertThat(cohort.differences())
                        .filteredOn(Measured.class::isInstance)
                        .allSatisfy(
                                one -> assertThat(((Measured) one).difference()).isZero()));
    }

    @Test
    void numbersOfTheWholeRunAreThoseOfItsSummary() {
        Comparison comparison = compare(40, 40);
        Measured seconds = (Measured) comparison
                .cohort(CohortKey.OVERALL)
                .orElseThrow()
                .of("latency.phase.sampling.mean")
                .orElseThrow();

        // Prompt k samples two images at 10 + k ms; prompt 3 failed.
        double sum = 0;
        for (int k = 0; k < 40; k++) {
            sum += k == 3 ? 0 : 2 * (10 + k) / 1e3;
        }
        assertThat(seconds.base()).isCloseTo(sum / 39, within(1e-9));
        assertThat(seconds.prompts()).isEqualTo(39);
        assertThat(seconds.unit()).isEqualTo("s");
    }

    @Test
    void aNumberThatCannotBeSaidHasAReason() {
        Comparison comparison = compare(12, 12);
        CohortKey overall = CohortKey.OVERALL;

        assertThat(comparison.cohort(overall).orElseThrow().of("latency.end-to-end.p95"))
                .get()
                .isInstanceOfSatisfying(
                        Unmeasured.class, none -> assertThat(none.reason()).contains("needs 72 requests"));
        assertThat(comparison.cohort(overall).orElseThrow().of("cost.per-usable"))
                .get()
                .isInstanceOfSatisfying(
                        Unmeasured.class, none -> assertThat(none.reason()).contains("no labels"));
    }

    @Test
    void promptsOfOneRunAloneAreCountedAndNotPaired() {
        Comparison comparison = compare(12, 20);

        assertThat(comparison.coverage().prompts()).isEqualTo(12);
        assertThat(comparison.coverage().candidateOnly()).isEqualTo(8);
        assertThat(comparison.falseWins()).extracting(FalseWin::id).contains("baseline-covers-less");
    }
}
