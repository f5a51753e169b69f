package dev.touchstone.metrics.metric.lpips;

import dev.touchstone.metrics.feature.Activation;
import dev.touchstone.metrics.feature.PerceptualNetwork;
import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.PerceptualDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * LPIPS (Zhang et al., 2018, version 0.1): activations scaled to unit length over channels, squared differences weighted per channel, averaged
 * over positions, summed over layers. 0 for identical pictures, symmetric, larger is further apart; without an upper bound that
 * means anything. Distances of different networks or weights do not compare.
 *
 * <p>Pictures of unequal size are an error unless the network brings them to one size, as {@code touchstone-1} does.
 */
public final class LearnedPerceptualSimilarity implements PerceptualDistance {

    /** Config name of the metric. */
    public static final String METRIC = "lpips";

    /** Pairs whose activations are held at a time. */
    public static final int BATCH = 16;

    private final PerceptualNetwork network;
    private final double[] weights;

    /** @throws dev.touchstone.metrics.metric.MetricException if the weights do not belong to the network */
    public LearnedPerceptualSimilarity(PerceptualNetwork network, LinearWeights weights) {
        weights.requireMatch(network);
        this.network = network;
        this.weights = weights.layers().stream()
                .flatMap(layer -> layer.weights().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Name of the numbers. */
    public MetricId id() {
        return MetricId.of(METRIC, network.name());
    }

    /** Distance of two pictures. */
    public double distance(RgbImage first, RgbImage second) {
        return distances(List.of(first), List.of(second))[0];
    }

    /**
     * Distances of pairs.
     *
     * @return one per pair, in order; empty for no pairs
     * @throws IllegalArgumentException if the lists differ in length
     */
    public double[] distances(List<RgbImage> first, List<RgbImage> second) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException("perceptual distance: expected pairs, found " + first.size() + " and "
                    + second.size() + " pictures");
        }
        double[] distances = new double[first.size()];
        for (int start = 0; start < first.size(); start += BATCH) {
            int end = Math.min(first.size(), start + BATCH);
            List<RgbImage> asked = new ArrayList<>(first.subList(start, end));
            int count = end - start;
            int[] partners = new int[count];
            for (int i = 0; i < count; i++) {
                // Asked twice, a network may round one picture in two ways, and 0 would be 1e-15.
                partners[i] = same(first.get(start + i), second.get(start + i)) ? i : asked.size();
                if (partners[i] != i) {
                    asked.add(second.get(start + i));
                }
            }
            List<List<Activation>> taps = network.taps(asked);
            int offset = start;
            IntStream.range(0, count)
                    .parallel()
                    .forEach(i -> distances[offset + i] = distance(taps.get(i), taps.get(partners[i])));
        }
        return distances;
    }

    private static boolean same(RgbImage first, RgbImage second) {
        return first.widthPixels() == second.widthPixels() && Arrays.equals(first.rgb(), second.rgb());
    }

    /** Distance of two pictures that the network has read. */
    @Override
    public double between(Picture first, Picture second) {
        return first == second ? 0 : distance(first.requiredTaps(), second.requiredTaps());
    }

    /** Distance of two pictures whose activations are at hand, as when one is compared with many. */
    public double distance(List<Activation> first, List<Activation> second) {
        double[] differences = ChannelDifferences.between(first, second);
        double distance = 0;
        for (int i = 0; i < differences.length; i++) {
            distance += weights[i] * differences[i];
        }
        return distance;
    }
}
