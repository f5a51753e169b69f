package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.eval.inference.FiellerInterval.Means;
import org.junit.jupiter.api.Test;

class FiellerIntervalTest {

    /** Reference: closed form of Franz, arXiv:0710.2024, with t(39) = 2.0227: a = 0.16, b = 2.4, 40 units. */
    @Test
    void matchesTheClosedForm() {
        Means means = new Means(0.16, 2.4, 0.02 * 0.02 / 40, 1.1 * 1.1 / 40, 0, 39);
        Interval interval = FiellerInterval.of(means, 0.95);
        assertThat(interval.lower()).isCloseTo(0.0578, within(5e-5));
        assertThat(interval.upper()).isCloseTo(0.0785, within(5e-5));
    }

    @Test
    void agreesWithTheTextbookFormOfTheIntervalWhenTheMeansAreCorrelated() {
        double a = 0.16;
        double b = 2.4;
        double va = 1e-5;
        double vb = 0.03;
        double vab = 3e-4;
        double t = 2.0226909200367604;
        double g = t * t * vb / (b * b);
        double r = a / b;
        double root = Math.sqrt(va - 2 * r * vab + r * r * vb - g * (va - vab * vab / vb));
        Interval interval = FiellerInterval.of(new Means(a, b, va, vb, vab, 39), 0.95);
        assertThat(interval.lower()).isCloseTo((r - g * vab / vb - t / b * root) / (1 - g), within(1e-9));
        assertThat(interval.upper()).isCloseTo((r - g * vab / vb + t / b * root) / (1 - g), within(1e-9));
    }

    @Test
    void aDenominatorNearZeroLeavesOnlyALowerBound() {
        Interval interval = FiellerInterval.of(new Means(0.16, 0.1, 1e-5, 0.01, 0, 39), 0.95);
        assertThat(interval.upper()).isInfinite();
        assertThat(interval.lower()).isBetween(0.3, 1.6);
        assertThat(interval.bounded()).isFalse();
    }

    @Test
    void nothingKnownGivesTheWholeLine() {
        Interval interval = FiellerInterval.of(new Means(0.01, 0.01, 1, 1, 0, 9), 0.95);
        assertThat(interval.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(interval.upper()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void meansComeFromPairs() {
        Means means = Means.of(new double[] {4, 5, 6}, new double[] {8, 10, 12});
        assertThat(means.numerator()).isEqualTo(5);
        assertThat(means.covariance()).isCloseTo(2.0 / 3, within(1e-12));
        Interval interval = FiellerInterval.of(means, 0.95);
        assertThat(interval.lower()).as("a constant ratio has no spread").isCloseTo(0.5, within(1e-6));
        assertThat(interval.upper()).isCloseTo(0.5, within(1e-6));
        assertThatThrownBy(() -> Means.of(new double[] {1}, new double[] {1})).hasMessageContaining("two pairs");
    }
}
