package dev.touchstone.eval.weights;

import dev.touchstone.eval.weights.OnnxNetwork.Floats;
import dev.touchstone.eval.weights.PerceptualGraph.Answer;
import dev.touchstone.generator.image.RgbImage;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** LPIPS v0.1 over a backbone: distances of pairs of images of one size. Thread-safe. */
public final class LpipsNetwork implements AutoCloseable {

    /** AlexNet's poolings leave a pixel of it. */
    private static final int SMALLEST_SIDE = 31;

    private final PerceptualBackbone backbone;
    private final String weightsDigest;
    private final LazyNetwork scalar;
    private final LazyNetwork spatial;

    LpipsNetwork(PerceptualBackbone backbone, StateDict weights, StateDict linear, String weightsDigest, int threads) {
        this.backbone = backbone;
        this.weightsDigest = weightsDigest;
        String name = "lpips-" + backbone.text();
        scalar = new LazyNetwork(
                () -> new OnnxNetwork(name, PerceptualGraph.model(backbone, weights, linear, Answer.SCALAR), threads));
        spatial = new LazyNetwork(
                () -> new OnnxNetwork(name, PerceptualGraph.model(backbone, weights, linear, Answer.SPATIAL), threads));
    }

    /** As in {@code lpips-alex}. */
    public String name() {
        return "lpips-" + backbone.text();
    }

    /** SHA-256 of the backbone's file and of the linear weights' file, joined by a plus sign. */
    public String weightsDigest() {
        return weightsDigest;
    }

    /**
     * Distance of a pair.
     *
     * @throws WeightsException if the sizes differ, or a side is so short that the poolings leave nothing of it
     */
    public float distance(RgbImage generated, RgbImage reference) {
        int side = Math.min(generated.widthPixels(), generated.heightPixels());
        if (generated.widthPixels() != reference.widthPixels()
                || generated.heightPixels() != reference.heightPixels()) {
            throw new WeightsException("lpips: expected images of one size, found " + generated.widthPixels() + " x "
                    + generated.heightPixels() + " and " + reference.widthPixels() + " x " + reference.heightPixels());
        }
        if (side < SMALLEST_SIDE) {
            throw new WeightsException("lpips: expected sides of at least " + SMALLEST_SIDE + " pixels, found " + side);
        }
        return distances(List.of(generated), List.of(reference))[0];
    }

    /**
     * Distances of pairs.
     *
     * @param generated images of one size
     * @param reference as many images of the same size
     * @return one distance per pair, at least 0
     */
    public float[] distances(List<RgbImage> generated, List<RgbImage> reference) {
        return scalar.get()
                .run(Map.of("generated", input(generated), "reference", input(reference)), Set.of("distance"))
                .get("distance");
    }

    /** Where a pair differs: {@code [height, width]}, whose mean is about the distance. */
    public float[] map(RgbImage generated, RgbImage reference) {
        return spatial.get()
                .run(
                        Map.of("generated", input(List.of(generated)), "reference", input(List.of(reference))),
                        Set.of("map"))
                .get("map");
    }

    private static Floats input(List<RgbImage> images) {
        int width = images.get(0).widthPixels();
        int height = images.get(0).heightPixels();
        Floats input = Floats.allocate(images.size(), 3, height, width);
        int pixels = width * height;
        FloatBuffer data = input.data();
        for (int n = 0; n < images.size(); n++) {
            byte[] rgb = images.get(n).rgb();
            for (int c = 0; c < 3; c++) {
                for (int i = 0; i < pixels; i++) {
                    // In double, as lpips.im2tensor under NumPy.
                    data.put((n * 3 + c) * pixels + i, (float) ((rgb[3 * i + c] & 0xff) / 127.5 - 1));
                }
            }
        }
        return input;
    }

    @Override
    public void close() {
        scalar.close();
        spatial.close();
    }
}
