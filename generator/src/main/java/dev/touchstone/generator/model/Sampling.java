package dev.touchstone.generator.model;

/**
 * How pebble follows its flow.
 *
 * @param method of integration
 * @param steps at least 1
 * @param guidance scale from the unwanted prompt's prediction (0) to the wanted one's (1) and beyond; at 1 only the wanted
 *     prompt is computed
 */
public record Sampling(Method method, int steps, double guidance) {

    /** Integrators. Heun evaluates the network twice per step, once in the last. */
    public enum Method {
        EULER,
        HEUN
    }

    public Sampling {
        if (steps < 1 || !(guidance >= 0)) {
            throw new IllegalArgumentException(
                    "sampling: expected steps >= 1 and guidance >= 0, found " + steps + " and " + guidance);
        }
    }

    /** How many prompts a prediction takes: wanted and unwanted, or wanted only. */
    int groups() {
        return guidance == 1 ? 1 : 2;
    }
}
