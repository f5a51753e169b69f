package dev.touchstone.eval.inference;

/** How far several judges agree on the same units, or why that cannot be said. */
public sealed interface Agreement {

    /**
     * A coefficient: 1 is full agreement, 0 is what chance gives, below 0 is systematic disagreement.
     *
     * @param value in (-infinity, 1]
     * @param units with at least two ratings
     * @param ratings in those units
     */
    record Measured(double value, int units, int ratings) implements Agreement {}

    /** @param reason why there is no coefficient */
    record Undefined(String reason) implements Agreement {}
}
