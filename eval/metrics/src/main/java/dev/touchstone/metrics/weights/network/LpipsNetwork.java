package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.image.BilinearResize;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.kernel.BatchedProduct;
import dev.touchstone.metrics.weights.kernel.DifferenceMap;
import dev.touchstone.metrics.weights.kernel.PairMaps;
import dev.touchstone.metrics.weights.kernel.PairScratch;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** LPIPS v0.1 over a backbone: distances of pairs of images of one size. Thread-safe. */
public final class LpipsNetwork implements AutoCloseable {

    /** Floats in memory for each pixel of a pair: two images, two maps of at most 64 channels, and smaller ones. */
    private static final int FLOATS_PER_PIXEL = 320;

    private static final float[] SHIFT = {-.030f, -.088f, -.188f};
    private static final float[] SCALE = {.458f, .448f, .450f};
    private static final float[][] INPUT = inputOfSamples();

    private final PerceptualBackbone backbone;
    private final String weightsDigest;
    private final BatchedProduct product;
    private final PerceptualLayers layers;
    private final Deque<PairScratch> idle = new ConcurrentLinkedDeque<>();
    private final int budgetMebibytes =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 >> 20);
    private final Semaphore budget = new Semaphore(budgetMebibytes, true);

    public LpipsNetwork(
            PerceptualBackbone backbone, StateDict weights, StateDict linear, String weightsDigest, int threads) {
        this.backbone = backbone;
        this.weightsDigest = weightsDigest;
        product = new BatchedProduct(threads);
        layers = new PerceptualLayers(backbone, weights, linear, product);
    }

    /** What the network sees of a sample: scaled to [-1, 1] in double, as lpips.im2tensor under NumPy, then per channel. */
    private static float[][] inputOfSamples() {
        float[][] input = new float[3][256];
        for (int c = 0; c < 3; c++) {
            for (int sample = 0; sample < 256; sample++) {
                input[c][sample] = ((float) (sample / 127.5 - 1) - SHIFT[c]) / SCALE[c];
            }
        }
        return input;
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
        requirePair(backbone, generated, reference);
        double distance = 0;
        for (DifferenceMap map : differences(generated, reference)) {
            distance += map.mean();
        }
        return (float) distance;
    }

    private static void requirePair(PerceptualBackbone backbone, RgbImage generated, RgbImage reference) {
        int side = Math.min(generated.widthPixels(), generated.heightPixels());
        if (generated.widthPixels() != reference.widthPixels()
                || generated.heightPixels() != reference.heightPixels()) {
            throw new WeightsException("lpips: expected images of one size, found " + generated.widthPixels() + " x "
                    + generated.heightPixels() + " and " + reference.widthPixels() + " x " + reference.heightPixels());
        }
        if (side < backbone.smallestSide()) {
            throw new WeightsException("lpips: expected sides of at least " + backbone.smallestSide() + " pixels for "
                    + backbone.text() + ", found " + side);
        }
    }

    /**
     * Where a pair differs: {@code [height, width]}, whose mean is about the distance.
     *
     * @throws WeightsException as {@link #distance}
     */
    public float[] map(RgbImage generated, RgbImage reference) {
        requirePair(backbone, generated, reference);
        int width = generated.widthPixels();
        int height = generated.heightPixels();
        float[] sum = new float[width * height];
        for (DifferenceMap map : differences(generated, reference)) {
            float[] upsampled = BilinearResize.torch(map.values(), map.width(), map.height(), width, height);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += upsampled[i];
            }
        }
        return sum;
    }

    /** As many pairs at a time as half of the heap holds, at least one. */
    private List<DifferenceMap> differences(RgbImage generated, RgbImage reference) {
        int width = generated.widthPixels();
        int height = generated.heightPixels();
        long mebibytes = 4L * FLOATS_PER_PIXEL * width * height >> 20;
        int permits = (int) Math.min(budgetMebibytes, mebibytes);
        budget.acquireUninterruptibly(permits);
        Optional<PairScratch> reused = Optional.ofNullable(idle.poll());
        PairScratch scratch = reused.orElseGet(PairScratch::new);
        try {
            PairMaps input = scratch.next(height, width, 3);
            fill(input.images()[0], generated.rgb());
            fill(input.images()[1], reference.rgb());
            return layers.run(input, scratch);
        } finally {
            idle.push(scratch);
            budget.release(permits);
        }
    }

    private static void fill(float[] input, byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            input[i] = INPUT[0][rgb[i] & 0xff];
            input[i + 1] = INPUT[1][rgb[i + 1] & 0xff];
            input[i + 2] = INPUT[2][rgb[i + 2] & 0xff];
        }
    }

    @Override
    public void close() {
        idle.clear();
        product.close();
    }
}
