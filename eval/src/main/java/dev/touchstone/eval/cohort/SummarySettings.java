package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cost.PriceBook;
import dev.touchstone.generator.manifest.RunManifest;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may change without making a picture again.
 *
 * @param prices of the run
 * @param slices axes, and axes taken together, by which images are sliced
 * @param resampling how intervals are made
 */
public record SummarySettings(PriceBook prices, List<List<CohortAxis>> slices, Resampling resampling) {

    /** Raised when the numbers of unchanged records would come out differently. */
    private static final int METHOD_VERSION = 5;

    public SummarySettings {
        slices = slices.stream().map(List::copyOf).toList();
    }

    /** What a manifest says; the run's seed is the seed of the bootstraps. */
    public static SummarySettings of(RunManifest manifest) {
        RunManifest.Cohorts cohorts = manifest.evaluation().cohorts();
        return new SummarySettings(
                new PriceBook(
                        manifest.hardware().pricePerHour().doubleValue(),
                        manifest.fees().pricePerImage().doubleValue(),
                        manifest.hardware().currency()),
                Stream.concat(cohorts.axes().stream().map(List::of), cohorts.crosses().stream())
                        .toList(),
                Resampling.of(manifest.generation().seeds().seed()));
    }

    /** The slices as names, axes taken together joined by {@code *}. */
    List<String> axes() {
        return slices.stream()
                .map(axes -> axes.stream().map(CohortAxis::id).collect(Collectors.joining("*")))
                .toList();
    }

    /** SHA-256 of everything in here. */
    String digest() {
        String text = METHOD_VERSION + "\n" + prices + "\n" + axes() + "\n" + resampling;
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
