package dev.touchstone.metrics.metric.lpips;

import dev.touchstone.metrics.feature.Activation;
import java.util.List;

/** How far two pictures are apart in every channel of every tapped layer; a distance is a weighted sum of these. */
public final class ChannelDifferences {

    /** Keeps a position without any activation from dividing by zero; the value of the original implementation. */
    private static final double EPSILON = 1e-10;

    private ChannelDifferences() {}

    /**
     * Scales the channel vector of every position to unit length, then averages the squared differences over positions.
     *
     * @return layer after layer, channel after channel
     */
    public static double[] between(List<Activation> first, List<Activation> second) {
        int length = first.stream().mapToInt(Activation::channels).sum();
        double[] differences = new double[length];
        int offset = 0;
        for (int layer = 0; layer < first.size(); layer++) {
            add(first.get(layer), second.get(layer), differences, offset);
            offset += first.get(layer).channels();
        }
        return differences;
    }

    private static void add(Activation first, Activation second, double[] differences, int offset) {
        int positions = first.height() * first.width();
        if (second.height() != first.height() || second.width() != first.width()) {
            throw new IllegalArgumentException("perceptual distance: expected pictures of equal size, found maps of "
                    + first.width() + " x " + first.height() + " and " + second.width() + " x " + second.height());
        }
        double[] firstNorm = norms(first, positions);
        double[] secondNorm = norms(second, positions);
        for (int channel = 0; channel < first.channels(); channel++) {
            double sum = 0;
            for (int position = 0; position < positions; position++) {
                int at = channel * positions + position;
                double difference =
                        first.values()[at] / firstNorm[position] - second.values()[at] / secondNorm[position];
                sum += difference * difference;
            }
            differences[offset + channel] = sum / positions;
        }
    }

    private static double[] norms(Activation activation, int positions) {
        double[] norms = new double[positions];
        for (int channel = 0; channel < activation.channels(); channel++) {
            for (int position = 0; position < positions; position++) {
                double value = activation.values()[channel * positions + position];
                norms[position] += value * value;
            }
        }
        for (int position = 0; position < positions; position++) {
            norms[position] = Math.sqrt(norms[position]) + EPSILON;
        }
        return norms;
    }
}
