package dev.touchstone.eval.inference;

/**
 * What a sample says about one number: the value, intervals at any level, and tests against any bound. Interval and tests
 * agree: the bound lies outside the interval of level {@code 1 - 2 a} exactly where one of the two tests rejects at {@code a},
 * up to the discreteness of counts.
 */
public sealed interface Estimate
        permits StudentEstimate, RatioEstimate, RateEstimate, QuantileEstimate, PairedQuantileEstimate {

    /** The estimated number, finite. */
    double value();

    /** Independent units behind it, at least 1. */
    int units();

    /** A two-sided interval; a side may be unbounded. */
    Interval interval(double level);

    /** One-sided p-value, in [0, 1], of the hypothesis that the number is at most the bound; small says that it is above. */
    double above(double bound);

    /** One-sided p-value, in [0, 1], of the hypothesis that the number is at least the bound; small says that it is below. */
    double below(double bound);

    /** How interval and tests were computed, a short phrase. */
    String method();
}
