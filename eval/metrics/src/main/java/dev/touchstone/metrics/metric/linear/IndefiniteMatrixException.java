package dev.touchstone.metrics.metric.linear;

import java.util.Locale;

/** A matrix that should be a covariance has an eigenvalue below zero by more than rounding. */
public final class IndefiniteMatrixException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    private final double smallest;
    private final double largest;

    IndefiniteMatrixException(double smallest, double largest) {
        super(String.format(
                Locale.ROOT,
                "matrix: expected no eigenvalue below 0 by more than rounding, found %.6g (the largest is %.6g)",
                smallest,
                largest));
        this.smallest = smallest;
        this.largest = largest;
    }

    /** The smallest eigenvalue, below 0. */
    public double smallest() {
        return smallest;
    }

    public double largest() {
        return largest;
    }
}
