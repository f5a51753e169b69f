package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.container.WeightsException;
import java.util.Arrays;

/** Where features are read from the FID Inception network. */
public enum InceptionTap {
    /** After the first pooling, averaged. */
    POOL_64("features-64", 64),
    /** After the second pooling, averaged. */
    POOL_192("features-192", 192),
    /** Before the auxiliary classifier, averaged. */
    POOL_768("features-768", 768),
    /** After the last pooling: what FID and KID mean. */
    POOL_2048("features", 2048),
    /** The classifier without its bias: what torch-fidelity's Inception Score means. */
    LOGITS("logits", 1008);

    private final String output;
    private final int dimension;

    InceptionTap(String output, int dimension) {
        this.output = output;
        this.dimension = dimension;
    }

    String output() {
        return output;
    }

    public int dimension() {
        return dimension;
    }

    /** The pooled tap of this length, as in pytorch-fid's {@code --dims}. */
    public static InceptionTap ofDimension(int dimension) {
        return Arrays.stream(values())
                .filter(tap -> tap != LOGITS && tap.dimension == dimension)
                .findFirst()
                .orElseThrow(() -> new WeightsException(
                        "inception-v3: expected 64, 192, 768 or 2048 features, found " + dimension));
    }
}
