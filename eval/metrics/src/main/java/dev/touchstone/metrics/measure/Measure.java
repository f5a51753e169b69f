package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.metric.ImageMetric;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.Metrics;
import dev.touchstone.metrics.metric.PromptMetric;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.SetMetric;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Measures images on disk by any metric on the class path: folders, single images, for FID also npz files of statistics. Generated
 * first, reference second. Files that cannot be decoded are named in the answer and do not count; a side without a readable image
 * is an error, one with too few for the metric gives no number and says why.
 */
public final class Measure {

    private final MeasureSettings settings;
    private final MeasureProgress progress;
    private final Metrics metrics;

    /** By the metrics that {@code META-INF/services} names. */
    public Measure(MeasureSettings settings, MeasureProgress progress) {
        this.settings = settings;
        this.progress = progress;
        this.metrics = Metrics.installed();
    }

    /**
     * A metric that needs two sides.
     *
     * @param name as {@code fid}; see {@link Metrics#OF_FOLDERS}
     * @param generated a folder, or an image for metrics of pairs
     * @param reference the same; for {@code clip-score} a text file of lines {@code name TAB prompt}, the names being those of the images
     *     without ending
     * @throws MetricException if there is no such metric, it takes one side only, or a side cannot be read
     */
    public Measurement of(String name, Path generated, Path reference) {
        return of(metric(name), generated, Optional.of(reference));
    }

    /**
     * A metric that needs one side, as {@code is}.
     *
     * @throws MetricException as with two sides
     */
    public Measurement of(String name, Path generated) {
        return of(metric(name), generated, Optional.empty());
    }

    private Metric metric(String name) {
        List<String> names = metrics.names(Metrics.OF_FOLDERS);
        return metrics.find(name)
                .filter(metric -> names.contains(metric.name()))
                .orElseThrow(() -> new MetricException(
                        "metric: expected one of " + String.join(", ", names) + ", found \"" + name + "\""));
    }

    /** Whether a metric looks at a second side: a reference set, partners or prompts. */
    public static boolean takesReference(Metric metric) {
        return metric.reads().stream()
                .anyMatch(read -> read == Reads.REFERENCE_SET || read == Reads.PARTNER || read == Reads.PROMPT_TEXT);
    }

    private Measurement of(Metric metric, Path generated, Optional<Path> reference) {
        if (takesReference(metric) != reference.isPresent()) {
            throw new MetricException(metric.name()
                    + (reference.isPresent()
                            ? ": expected one side, found two; it needs no reference"
                            : ": expected two sides, generated and reference, found one"));
        }
        if (metric instanceof SetMetric ofSets) {
            return new SetMeasure(settings, progress).of(ofSets, generated, reference);
        }
        PictureMeasure pictures = new PictureMeasure(settings, progress);
        return metric instanceof ImageMetric ofImages
                ? pictures.of(ofImages, generated, reference)
                : pictures.of((PromptMetric) metric, generated);
    }
}
