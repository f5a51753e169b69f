package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.FileNames;
import dev.touchstone.metrics.measure.MeasureSettings.ClipText;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.fid.FidMetric;
import dev.touchstone.metrics.metric.fid.StatisticsFile;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.weights.network.ClipImageFeatures;
import dev.touchstone.metrics.weights.network.ClipTextFeatures;
import dev.touchstone.metrics.weights.network.InceptionTap;
import dev.touchstone.metrics.weights.store.ImportedWeights;
import dev.touchstone.metrics.weights.store.WeightsKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Metrics of sets of images. */
final class SetMeasure {

    private final MeasureSettings settings;
    private final MeasureProgress progress;

    SetMeasure(MeasureSettings settings, MeasureProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    Measurement of(SetMetric metric, Path generated, Optional<Path> reference) {
        if (metric instanceof FidMetric
                && Sides.isStatistics(generated)
                && reference.filter(Sides::isStatistics).isPresent()) {
            return StatisticsMeasure.fid(generated, reference.get(), settings.saveStatistics());
        }
        if (metric.reads().contains(Reads.PROMPT_TEXT)) {
            return withTexts(metric, generated, reference.orElseThrow());
        }
        Optional<String> choice = choice(metric);
        try (FeatureExtractor extractor = extractor(metric)) {
            return measured(extractor, metric, sides -> {
                choice.ifPresent(sides::warn);
                Side a = sides.of(generated);
                if (reference.isEmpty()) {
                    sides.result(metric.of(SetInput.alone(extractor.name(), Rows.of(a.required()))));
                    return;
                }
                Side b = sides.of(reference.get());
                sides.result(result(metric, extractor.name(), a, b));
            });
        }
    }

    private MetricResult result(SetMetric metric, String network, Side a, Side b) {
        if (metric instanceof FidMetric fid) {
            boolean ofMoments = a.features().isEmpty() || b.features().isEmpty();
            if (ofMoments && (a.single() || b.single())) {
                return MetricResult.of(new Score.Unscored(
                        fid.id(network),
                        "fid needs at least " + fid.fewest() + " images on each side, found " + a.n()
                                + " generated and " + b.n() + " reference"));
            }
            if (!b.single()) {
                settings.saveStatistics().ifPresent(file -> StatisticsFile.write(file, b.moments()));
            }
            if (ofMoments) {
                return fid.of(network, a.moments(), b.moments());
            }
        }
        SetInput.Options options = new SetInput.Options(
                Optional.of(settings.kidProtocol()), settings.kidProtocol().seed());
        return metric.of(SetInput.of(network, Rows.of(a.required()), Rows.of(b.required()))
                .with(options));
    }

    /** The reference's row of an image is the embedding of its prompt. */
    private Measurement withTexts(SetMetric metric, Path generated, Path prompts) {
        Path model = clipModel(metric);
        ClipText tower = settings.clipText()
                .orElseThrow(() -> new MetricException(metric.name()
                        + ": expected an ONNX file of CLIP's text tower and its vocabulary, found none; give them with"
                        + " --text-weights and --vocabulary"));
        List<Path> files = ImageFiles.in(generated).files();
        List<String> wanted = ImagePrompts.read(prompts).of(files);
        try (ClipTextFeatures text = ClipTextFeatures.open(
                        tower.weights(),
                        tower.vocabulary(),
                        settings.execution().threads());
                ClipImageFeatures clip = ClipImageFeatures.open(model, ClipImageFeatures.Preparation.CLIP, 1)) {
            return measured(clip, metric, sides -> {
                FeatureMatrix images = sides.images(generated).required();
                List<Integer> readable = sides.readable(files);
                FeatureMatrix texts = text.of(readable.stream().map(wanted::get).toList());
                MetricResult result = metric.of(SetInput.of(clip.name(), Rows.of(images), Rows.of(texts)));
                for (int i = 0; i < result.values().size(); i++) {
                    sides.pair(
                            FileNames.stem(files.get(readable.get(i))),
                            result.values().get(i));
                }
                ImagePrompts.cutOff(files, wanted, text).ifPresent(sides::warn);
                sides.texts(text.weightsDigest());
                sides.result(result);
            });
        }
    }

    /** Which of several imported weights were taken. */
    private Optional<String> choice(SetMetric metric) {
        boolean imported = settings.features() == MeasureSettings.Features.INCEPTION_V3
                && settings.weights().isEmpty()
                && !metric.reads().contains(Reads.CLIP);
        return imported ? settings.sources().store().choice(WeightsKind.INCEPTION_V3) : Optional.empty();
    }

    private FeatureExtractor extractor(SetMetric metric) {
        if (metric.reads().contains(Reads.CLIP)) {
            return ClipImageFeatures.open(clipModel(metric), ClipImageFeatures.Preparation.CMMD, 1);
        }
        boolean classes = metric.reads().contains(Reads.CLASSES);
        if (settings.features() == MeasureSettings.Features.BUILTIN) {
            if (classes) {
                throw new MetricException(metric.name()
                        + ": expected --features inception-v3, found the built-in network, which has no classes");
            }
            return TouchstoneFeatures.builtin();
        }
        ImportedWeights weights = settings.weights()
                .map(file -> settings.sources()
                        .store()
                        .importFile(file, settings.sources().digests()))
                .orElseGet(() -> settings.sources().store().require(WeightsKind.INCEPTION_V3));
        return settings.sources()
                .store()
                .inception(
                        weights,
                        settings.recipe(),
                        classes ? InceptionTap.LOGITS : InceptionTap.ofDimension(settings.dimensions()),
                        1);
    }

    private Path clipModel(SetMetric metric) {
        return settings.clipModel()
                .orElseThrow(() -> new MetricException(metric.name()
                        + ": expected an ONNX file of CLIP's image tower, found none; give it with --weights"));
    }

    private Measurement measured(FeatureExtractor extractor, SetMetric metric, Body body) {
        long start = System.nanoTime();
        FeaturePipeline pipeline = new FeaturePipeline(
                settings.sources().decoder(),
                settings.cache().map(FeatureCache::new),
                settings.execution().threads(),
                settings.execution().batch(),
                progress);
        Sides sides = new Sides(extractor, metric.name(), pipeline);
        body.measure(sides);
        return sides.measurement(Duration.ofNanos(System.nanoTime() - start));
    }

    private interface Body {
        void measure(Sides sides);
    }
}
