package dev.touchstone.metrics.metric.lpips;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.touchstone.metrics.feature.PerceptualNetwork;
import dev.touchstone.metrics.metric.MetricException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One non-negative weight per channel of each tapped layer.
 *
 * @param schemaVersion of the JSON form, 1
 * @param network name of the network they belong to
 * @param networkDigest of the network's weights they were learnt on
 * @param origin how they came about, for people
 * @param layers in the order of the taps
 */
public record LinearWeights(
        int schemaVersion, String network, String networkDigest, String origin, List<Layer> layers) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Where the weights of a built-in network lie. */
    private static final String RESOURCE = "/dev/touchstone/metrics/feature/%s/perceptual-weights.json";

    /**
     * The weights of one layer.
     *
     * @param name of the tap
     * @param weights one per channel, not negative
     */
    public record Layer(String name, List<Double> weights) {

        /** @throws MetricException if a weight is negative or not finite */
        public Layer {
            weights = List.copyOf(weights);
            for (double weight : weights) {
                if (!(weight >= 0 && Double.isFinite(weight))) {
                    throw new MetricException(
                            "perceptual weights: expected weights of at least 0 in " + name + ", found " + weight);
                }
            }
        }
    }

    /** @throws MetricException if the version is not known */
    public LinearWeights {
        if (schemaVersion != 1) {
            throw new MetricException("perceptual weights: expected schema version 1, found " + schemaVersion);
        }
        layers = List.copyOf(layers);
    }

    /** Equal weights, 1 / channels in each layer: the mean over channels. */
    public static LinearWeights uniform(PerceptualNetwork network) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < network.tapNames().size(); i++) {
            int channels = network.tapChannels().get(i);
            layers.add(new Layer(network.tapNames().get(i), java.util.Collections.nCopies(channels, 1.0 / channels)));
        }
        return new LinearWeights(1, network.name(), network.weightsDigest(), "uniform", layers);
    }

    /**
     * The learnt weights that ship with a built-in network.
     *
     * @throws MetricException if there are none, or they were learnt on other network weights
     */
    public static LinearWeights builtin(PerceptualNetwork network) {
        String name = String.format(RESOURCE, network.name());
        try (InputStream stream = LinearWeights.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new MetricException("perceptual weights: expected the resource " + name + ", found none");
            }
            LinearWeights weights = JSON.readValue(stream, LinearWeights.class);
            weights.requireMatch(network);
            return weights;
        } catch (IOException e) {
            throw new MetricException("perceptual weights: expected JSON in " + name + ", found " + e.getMessage(), e);
        }
    }

    /** The JSON form. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws MetricException if these weights do not belong to the network */
    void requireMatch(PerceptualNetwork wanted) {
        List<Integer> channels =
                layers.stream().map(layer -> layer.weights().size()).toList();
        if (!network.equals(wanted.name())
                || !networkDigest.equals(wanted.weightsDigest())
                || !channels.equals(wanted.tapChannels())) {
            throw new MetricException("perceptual weights: expected weights of " + wanted.name() + " "
                    + wanted.weightsDigest() + " with channels " + wanted.tapChannels() + ", found those of " + network
                    + " " + networkDigest + " with channels " + channels + "; learn them anew for this network");
        }
    }
}
