package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.metric.Score;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a measurement.
 *
 * @param score the number, or why there is none
 * @param parts further numbers by name, as {@code precision} or {@code std}, in a fixed order
 * @param pairs one number per pair of images, for metrics on pairs
 * @param provenance what it was made with
 * @param unreadable files that did not count
 * @param leftOut what of the folders is no image, by folder and reason
 * @param warnings what a careful reader should know, one sentence each
 * @param time from start to end
 */
public record Measurement(
        Score score,
        Map<String, Double> parts,
        List<Pair> pairs,
        Provenance provenance,
        List<UnreadableImage> unreadable,
        List<LeftOut> leftOut,
        List<String> warnings,
        Duration time) {

    public Measurement {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        pairs = List.copyOf(pairs);
        unreadable = List.copyOf(unreadable);
        leftOut = List.copyOf(leftOut);
        warnings = List.copyOf(warnings);
    }

    /**
     * A pair of images.
     *
     * @param name of the files, without ending
     * @param value empty where it is not defined, as the PSNR of identical images
     */
    public record Pair(String name, Optional<Double> value) {}

    /** What stands behind a number; empty where a metric has no such thing. */
    public record Provenance(Optional<String> features, Optional<String> weightsDigest, Optional<String> recipe) {

        static Provenance none() {
            return new Provenance(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
