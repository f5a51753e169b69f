package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.DigestPolicy;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a measurement is made with. Start from {@link #defaults()} and change what was asked for.
 *
 * @param features network of the set metrics
 * @param weights its file; empty takes the imported one
 * @param recipe how images become Inception's input
 * @param dimensions of Inception's features: 64, 192, 768 or 2048
 * @param kidProtocol subsets of KID; shrunk to the smaller set where that is smaller
 * @param net network of LPIPS; empty is the built-in one
 * @param backboneWeights its layers; empty takes the imported ones
 * @param linearWeights its linear weights; empty takes the imported ones
 * @param clipModel ONNX file of CLIP's image tower, for CMMD and CLIP score
 * @param clipText CLIP's text tower, for CLIP score
 * @param saveStatistics npz file to write the reference's statistics to
 * @param cache folder of features; empty computes anew
 * @param execution threads and batches
 * @param sources store, digests, decoder
 */
public record MeasureSettings(
        Features features,
        Optional<Path> weights,
        Recipe recipe,
        int dimensions,
        SubsetProtocol kidProtocol,
        Optional<PerceptualBackbone> net,
        Optional<Path> backboneWeights,
        Optional<Path> linearWeights,
        Optional<Path> clipModel,
        Optional<ClipText> clipText,
        Optional<Path> saveStatistics,
        Optional<Path> cache,
        Execution execution,
        Sources sources) {

    /** Networks of the set metrics. */
    public enum Features {
        /** The network that ships with the program; its numbers do not compare with Inception's. */
        BUILTIN,
        /** The FID Inception-v3. */
        INCEPTION_V3
    }

    /**
     * How the work is spread. No result depends on it.
     *
     * @param threads at least 1
     * @param batch images that go through a network together, at least 1
     */
    public record Execution(int threads, int batch) {

        public Execution {
            if (threads < 1 || batch < 1) {
                throw new IllegalArgumentException(
                        "measure: expected at least 1 thread and batches of at least 1, found " + threads + " and "
                                + batch);
            }
        }
    }

    /** CLIP's text tower as an ONNX file, and the file of its vocabulary. */
    public record ClipText(Path weights, Path vocabulary) {}

    /** Where weights come from and how files are read. */
    public record Sources(WeightsStore store, DigestPolicy digests, ImageDecoder decoder) {}

    /** Built-in features, the pytorch-fid recipe, one thread per core, no cache, the user's weights store. */
    public static MeasureSettings defaults() {
        return new MeasureSettings(
                Features.BUILTIN,
                Optional.empty(),
                Recipe.PYTORCH_FID,
                2048,
                SubsetProtocol.TORCH_FIDELITY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Execution(Runtime.getRuntime().availableProcessors(), 8),
                new Sources(WeightsStore.ofUser(), DigestPolicy.PUBLISHED_ONLY, new ImageDecoder()));
    }

    /** The same with another network. */
    public MeasureSettings withFeatures(Features changed) {
        return changed(draft -> draft.features = changed);
    }

    /** The same with a file of Inception's weights. */
    public MeasureSettings withWeights(Path file) {
        return changed(draft -> draft.weights = Optional.of(file));
    }

    /** The same with another recipe. */
    public MeasureSettings withRecipe(Recipe changed) {
        return changed(draft -> draft.recipe = changed);
    }

    /** The same with 64, 192, 768 or 2048 features. */
    public MeasureSettings withDimensions(int changed) {
        return changed(draft -> draft.dimensions = changed);
    }

    /** The same with other subsets. */
    public MeasureSettings withKidProtocol(SubsetProtocol changed) {
        return changed(draft -> draft.kidProtocol = changed);
    }

    /** The same with a published network for LPIPS. */
    public MeasureSettings withNet(PerceptualBackbone changed) {
        return changed(draft -> draft.net = Optional.of(changed));
    }

    /** The same with a file of LPIPS's layers. */
    public MeasureSettings withBackboneWeights(Path file) {
        return changed(draft -> draft.backboneWeights = Optional.of(file));
    }

    /** The same with a file of LPIPS's linear weights. */
    public MeasureSettings withLinearWeights(Path file) {
        return changed(draft -> draft.linearWeights = Optional.of(file));
    }

    /** The same with CLIP's image tower. */
    public MeasureSettings withClipModel(Path onnx) {
        return changed(draft -> draft.clipModel = Optional.of(onnx));
    }

    /** The same with CLIP's text tower. */
    public MeasureSettings withClipText(ClipText changed) {
        return changed(draft -> draft.clipText = Optional.of(changed));
    }

    /** The same, and the reference's statistics are written. */
    public MeasureSettings withSaveStatistics(Path npz) {
        return changed(draft -> draft.saveStatistics = Optional.of(npz));
    }

    /** The same with a folder of features. */
    public MeasureSettings withCache(Path folder) {
        return changed(draft -> draft.cache = Optional.of(folder));
    }

    /** The same with other threads and batches. */
    public MeasureSettings withExecution(Execution changed) {
        return changed(draft -> draft.execution = changed);
    }

    /** The same with other sources. */
    public MeasureSettings withSources(Sources changed) {
        return changed(draft -> draft.sources = changed);
    }

    private MeasureSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings on their way to others. */
    private static final class Draft {
        private Features features;
        private Optional<Path> weights;
        private Recipe recipe;
        private int dimensions;
        private SubsetProtocol kidProtocol;
        private Optional<PerceptualBackbone> net;
        private Optional<Path> backboneWeights;
        private Optional<Path> linearWeights;
        private Optional<Path> clipModel;
        private Optional<ClipText> clipText;
        private Optional<Path> saveStatistics;
        private Optional<Path> cache;
        private Execution execution;
        private Sources sources;

        Draft(MeasureSettings from) {
            features = from.features;
            weights = from.weights;
            recipe = from.recipe;
            dimensions = from.dimensions;
            kidProtocol = from.kidProtocol;
            net = from.net;
            backboneWeights = from.backboneWeights;
            linearWeights = from.linearWeights;
            clipModel = from.clipModel;
            clipText = from.clipText;
            saveStatistics = from.saveStatistics;
            cache = from.cache;
            execution = from.execution;
            sources = from.sources;
        }

        MeasureSettings settings() {
            return new MeasureSettings(
                    features,
                    weights,
                    recipe,
                    dimensions,
                    kidProtocol,
                    net,
                    backboneWeights,
                    linearWeights,
                    clipModel,
                    clipText,
                    saveStatistics,
                    cache,
                    execution,
                    sources);
        }
    }
}
