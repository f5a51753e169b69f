package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Features of the FID Inception-v3 by the published weights. The result of an image depends on neither the other images
 * of its batch nor the number of threads.
 */
public final class InceptionFeatures implements ImageNetwork {

    public static final String NAME = "inception-v3";

    private final LazyNetwork network;
    private final String weightsDigest;
    private final Recipe recipe;
    private final InceptionTap tap;

    /** Loading begins when the first image comes, and not at all where every feature is in a cache. */
    public InceptionFeatures(Supplier<OnnxNetwork> loading, String weightsDigest, Recipe recipe, InceptionTap tap) {
        network = new LazyNetwork(loading);
        this.weightsDigest = weightsDigest;
        this.recipe = recipe;
        this.tap = tap;
    }

    @Override
    public String name() {
        return tap == InceptionTap.POOL_2048 ? NAME : NAME + "-" + tap.output().replace("features-", "");
    }

    @Override
    public String weightsDigest() {
        return weightsDigest;
    }

    @Override
    public String preprocessing() {
        return recipe.text();
    }

    @Override
    public int dimension() {
        return tap.dimension();
    }

    @Override
    public PlanarImage prepare(RgbImage image) {
        network.start();
        return recipe.apply(image, InceptionGraph.SIDE);
    }

    @Override
    public FeatureMatrix run(List<PlanarImage> images) {
        return new FeatureMatrix(images.size(), dimension(), run(images, tap));
    }

    private float[] run(List<PlanarImage> images, InceptionTap wanted) {
        int side = InceptionGraph.SIDE;
        Floats input = Floats.allocate(images.size(), 3, side, side);
        for (PlanarImage image : images) {
            if (image.widthPixels() != side || image.heightPixels() != side) {
                throw new IllegalArgumentException("inception-v3: expected prepared images of " + side + " x " + side
                        + ", found " + image.widthPixels() + " x " + image.heightPixels());
            }
            input.data().put(image.values());
        }
        return network.get()
                .run(Map.of("image", input), Set.of(wanted.output()))
                .get(wanted.output());
    }

    @Override
    public void close() {
        network.close();
    }
}
