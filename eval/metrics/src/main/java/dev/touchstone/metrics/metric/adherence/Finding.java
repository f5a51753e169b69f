package dev.touchstone.metrics.metric.adherence;

/**
 * What became of one asked attribute.
 *
 * @param asked the value that the prompt asked for
 * @param seen the value that the network finds most probable
 * @param probability of the asked value in [0, 1]
 */
public record Finding(String asked, String seen, double probability) {

    /** @throws IllegalArgumentException if the probability is outside [0, 1] */
    public Finding {
        if (!(probability >= 0 && probability <= 1.000001)) {
            throw new IllegalArgumentException("finding: expected a probability in [0, 1], found " + probability);
        }
    }

    /** Whether the most probable value is the asked one, word for word. */
    public boolean found() {
        return asked.equals(seen);
    }
}
