package dev.touchstone.eval.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionIntervalTest {

    /** Reference: Wilson 1927; values recomputed with scipy 1.17 {@code binomtest(k, n).proportion_ci(method="wilson")}. */
    @ParameterizedTest
    @CsvSource({
        "17, 20, 0.6396, 0.9476",
        "5, 5, 0.5655, 1",
        "0, 10, 0, 0.2775",
        "45, 50, 0.7864, 0.9565",
        "180, 200, 0.8506, 0.9343"
    })
    void wilsonMatchesPublishedValues(int successes, int n, double lower, double upper) {
        Interval interval = WilsonInterval.of(successes, n, 0.95);
        assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
    }

    @Test
    void wilsonTouchesTheEdgesExactly() {
        assertThat(WilsonInterval.of(0, 7, 0.95).lower()).isZero();
        assertThat(WilsonInterval.of(7, 7, 0.95).upper()).isEqualTo(1);
    }

    @Test
    void wilsonTakesFractionalCountsAndWidensWithASmallerSample() {
        Interval all = WilsonInterval.of(17, 20, 0.95);
        Interval effective = WilsonInterval.of(8.5, 10, 0.95);
        assertThat(effective.lower()).isLessThan(all.lower());
        assertThat(effective.upper()).isGreaterThan(all.upper());
    }

    @Test
    void wilsonRejectsImpossibleCounts() {
        assertThatThrownBy(() -> WilsonInterval.of(3, 2, 0.95)).hasMessageContaining("found 3.0 of 2.0");
        assertThatThrownBy(() -> WilsonInterval.of(0, 0, 0.95)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WilsonInterval.of(1, 2, 1)).hasMessageContaining("level");
    }

    /** Reference: Newcombe 1998, Statistics in Medicine 17:873-890, table II, case (a), method 10. */
    @Test
    void newcombeMatchesThePublishedCase() {
        Interval interval = NewcombeInterval.difference(56, 70, 48, 80, 0.95);
        assertThat(interval.lower()).isCloseTo(0.0524, within(5e-5));
        assertThat(interval.upper()).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void newcombeIsAntisymmetric() {
        Interval forward = NewcombeInterval.difference(9, 10, 3, 10, 0.95);
        Interval backward = NewcombeInterval.difference(3, 10, 9, 10, 0.95);
        assertThat(forward.lower()).isCloseTo(-backward.upper(), within(1e-12));
        assertThat(forward.upper()).isCloseTo(-backward.lower(), within(1e-12));
    }
}
