package dev.touchstone.metrics.metric.prdc;

/** Whether a point on the rim of a ball is inside. */
public enum Neighbourhood {
    /** {@code distance < radius}: prdc 0.1. */
    OPEN,
    /** {@code distance <= radius}: torch-fidelity 0.5.0. */
    CLOSED;

    boolean holds(double squaredDistance, double squaredRadius) {
        return this == OPEN ? squaredDistance < squaredRadius : squaredDistance <= squaredRadius;
    }
}
