package dev.touchstone.metrics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.metrics.metric.FloorDesign.Draw;
import dev.touchstone.metrics.metric.FloorDesign.Likeness;
import dev.touchstone.metrics.metric.fid.FrechetFloor;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelFloor;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoiseFloorTest {

    /** Ten kinds of picture, told apart by the row's number. */
    private static final Likeness KIND = (prompt, first, second) -> first % 10 == second % 10 ? 1 : 0;

    private static int[] rest(int rows, Draw draw) {
        return IntStream.range(0, rows)
                .filter(row -> Arrays.stream(draw.rows()).noneMatch(drawn -> drawn == row))
                .toArray();
    }

    @Test
    void drawsAreMadeAsTheRunWasMade() {
        FloorDesign design = new FloorDesign(List.of(3, 1, 2), KIND, 50, 4);
        List<Draw> draws = design.of(100);
        assertThat(draws).hasSize(50);
        for (Draw draw : draws) {
            assertThat(draw.prompts()).containsExactly(0, 0, 0, 1, 2, 2);
            assertThat(Arrays.stream(draw.rows()).distinct().count()).isEqualTo(6);
            assertThat(draw.rows()[1] % 10).isEqualTo(draw.rows()[0] % 10);
            assertThat(draw.rows()[2] % 10).isEqualTo(draw.rows()[0] % 10);
            assertThat(draw.rows()[5] % 10).isEqualTo(draw.rows()[4] % 10);
        }
        assertThat(draws.stream().map(draw -> draw.rows()[0]).distinct().count())
                .as("first pictures")
                .isGreaterThan(25);
    }

    @Test
    void drawsDependOnSeedAndNumberOnly() {
        FloorDesign design = new FloorDesign(List.of(2, 2), KIND, 5, 4);
        List<Draw> once = design.of(60);
        List<Draw> again = design.of(60);
        List<Draw> other = new FloorDesign(List.of(2, 2), KIND, 5, 5).of(60);
        for (int draw = 0; draw < 5; draw++) {
            assertThat(once.get(draw).rows()).isEqualTo(again.get(draw).rows());
        }
        assertThat(once.get(0).rows()).isNotEqualTo(other.get(0).rows());
    }

    @Test
    void aSmallSetLeavesHalfOfItselfAsReference() {
        NoiseFloor floor = KernelFloor.measure(
                Samples.gaussian(new RandomState(1), 30, 3),
                new FloorDesign(Collections.nCopies(20, 2), Likeness.NONE, 10, 1).of(30));
        assertThat(floor.n()).isEqualTo(14);
        assertThat(floor.prompts()).isEqualTo(7);
        assertThat(floor.referenceN()).isEqualTo(16);
    }

    @Test
    void kernelsBySubtractionAreThoseOfTheTwoSets() {
        Matrix set = Samples.gaussian(new RandomState(3), 60, 5, 1.5, 0.3);
        List<Draw> draws = new FloorDesign(List.of(2, 3, 1, 2), KIND, 6, 9).of(60);
        double[] expected = draws.stream()
                .mapToDouble(draw -> {
                    int[] rest = rest(60, draw);
                    return KernelInceptionDistance.unbiased(
                                    set.select(draw.rows()), draw.prompts(), set.select(rest), rest)
                            .value();
                })
                .sorted()
                .toArray();
        NoiseFloor floor = KernelFloor.measure(set, draws);
        for (int i = 0; i < expected.length; i++) {
            assertThat(floor.values().get(i)).isCloseTo(expected[i], within(1e-12));
        }
    }

    @Test
    void momentsBySubtractionAreThoseOfTheRest() {
        ofTheRest(60, 5, 1e-9);
        // Fewer rows drawn than columns: by way of a small matrix.
        ofTheRest(80, 12, 1e-6);
    }

    private static void ofTheRest(int rows, int columns, double tolerance) {
        Matrix set = Samples.gaussian(new RandomState(3), rows, columns, 1.5, 0.3);
        List<Draw> draws = new FloorDesign(List.of(2, 3, 1, 2), KIND, 6, 9).of(rows);
        double[] expected = draws.stream()
                .mapToDouble(
                        draw -> FrechetInceptionDistance.between(set.select(draw.rows()), set.select(rest(rows, draw)))
                                .value())
                .sorted()
                .toArray();
        NoiseFloor floor = FrechetFloor.measure(set, draws);
        for (int i = 0; i < expected.length; i++) {
            assertThat(floor.values().get(i)).isCloseTo(expected[i], within(tolerance));
        }
    }

    /**
     * A perfect model lies below the 95th percentile nineteen times in twenty. The floor of before, n against n independent
     * pictures, is passed by no run at all that has 20 pictures and 600 golden ones: it said nothing.
     */
    @Test
    void aRunWithoutADifferenceLiesBelowThePercentileAsOftenAsItSays() {
        RandomState source = new RandomState(21);
        Matrix golden = alike(source, 600);
        FloorDesign design = new FloorDesign(Collections.nCopies(10, 2), KIND, 400, 1);
        NoiseFloor floor = FrechetFloor.measure(golden, design.of(600));
        double before = Arrays.stream(IntStream.range(0, 100)
                        .mapToDouble(i -> {
                            int[] order = new RandomState(i).permutation(600);
                            return FrechetInceptionDistance.between(
                                            golden.select(Arrays.copyOfRange(order, 0, 20)),
                                            golden.select(Arrays.copyOfRange(order, 20, 40)))
                                    .value();
                        })
                        .sorted()
                        .toArray())
                .skip(94)
                .findFirst()
                .orElseThrow();
        int below = 0;
        int belowBefore = 0;
        int runs = 300;
        for (int run = 0; run < runs; run++) {
            // A run's prompts ask for one kind each, and its pictures come of the same source.
            Matrix fresh = alike(source, 600);
            Draw made = new FloorDesign(Collections.nCopies(10, 2), KIND, 1, run + 1000L)
                    .of(600)
                    .get(0);
            double fid = FrechetInceptionDistance.between(fresh.select(made.rows()), golden)
                    .value();
            below += fid <= floor.quantile(0.95) ? 1 : 0;
            belowBefore += fid <= before ? 1 : 0;
        }
        assertThat(below).as("of 300").isBetween(270, 297);
        assertThat(belowBefore).as("of 300").isEqualTo(runs);
    }

    /** Pictures of ten kinds, the kind a shift of its own. */
    private static Matrix alike(RandomState source, int rows) {
        Matrix kinds = Samples.gaussian(new RandomState(5), 10, 4);
        Matrix own = Samples.gaussian(source, rows, 4);
        for (int at = 0; at < own.values().length; at++) {
            own.values()[at] += 1.5 * kinds.value(at / 4 % 10, at % 4);
        }
        return own;
    }

    @Test
    void percentileIsTheNamedOrderStatistic() {
        NoiseFloor floor = new NoiseFloor(
                1, 1, 1, IntStream.rangeClosed(1, 200).mapToObj(Double::valueOf).toList());
        assertThat(floor.quantile(0.95)).isEqualTo(190);
        assertThat(floor.mean()).isEqualTo(100.5);
    }

    @Test
    void refusesSetsThatAreTooSmall() {
        FloorDesign design = FloorDesign.independent(2, 1);
        assertThatThrownBy(() -> design.of(3)).hasMessageContaining("at least 4 images, found 3");
        assertThatThrownBy(() -> new FloorDesign(List.of(), Likeness.NONE, 1, 1))
                .hasMessageContaining("expected prompts with at least one image");
    }
}
