package dev.touchstone.eval.trial;

import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.golden.GoldenImage;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.fid.FrechetFloor;
import dev.touchstone.metrics.metric.linear.Matrix;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Features of golden pictures, from the cache that all runs share. */
public final class GoldenFeatures {

    private static final int CHUNK = 256;

    private static final long FLOOR_SEED = 1;

    private final GoldenDataset golden;
    private final FeatureExtractor network;
    private final FeatureCache cache;
    private final Progress progress;
    private final ImageDecoder decoder = new ImageDecoder();

    /** @param folder of the cache; may be deleted */
    public GoldenFeatures(GoldenDataset golden, FeatureExtractor network, Path folder, Progress progress) {
        this.golden = golden;
        this.network = network;
        this.cache = new FeatureCache(folder);
        this.progress = progress;
    }

    /** SHA-256 of the dataset, lower-case hex. */
    String datasetDigest() {
        return golden.header().digest();
    }

    /**
     * Golden pictures of some workflows, a row each, in file order.
     *
     * @param most rows of each workflow; the first in file order, which are as random as any
     */
    Matrix of(Collection<Workflow> workflows, int most) {
        List<GoldenImage> images = workflows.stream()
                .flatMap(workflow -> golden.images(workflow.id()).stream().limit(most))
                .toList();
        List<DigestedImage> digested = images.stream()
                .map(image -> DigestedImage.recorded(golden.file(image), golden.digest(image), decoder))
                .toList();
        for (int from = 0; from < digested.size(); from += CHUNK) {
            cache.features(network, digested.subList(from, Math.min(digested.size(), from + CHUNK)));
            progress.report("golden", Math.min(digested.size(), from + CHUNK), digested.size(), "features");
        }
        return Matrix.of(cache.features(network, digested));
    }

    /**
     * FID of golden pictures against all others, as many as were drawn; of half of them where there are fewer.
     *
     * @param images of each prompt
     */
    static NoiseFloor floor(Matrix reference, List<Integer> images) {
        FloorDesign design = new FloorDesign(images, FloorDesign.Likeness.NONE, FloorDesign.DRAWS, FLOOR_SEED);
        return FrechetFloor.measure(reference, design.of(reference.rows()));
    }
}
