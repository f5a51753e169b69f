package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.feature.Picture;
import java.util.EnumSet;
import java.util.Set;

/**
 * A metric. Everything that is to be known of one stands here: manifests, the score stage, {@code touchstone measure}, reports and
 * documentation ask it and keep no list of their own. A metric is one of three kinds: it scores a picture ({@link ImageMetric}), the
 * pictures of a prompt ({@link PromptMetric}) or a set ({@link SetMetric}).
 *
 * <p>To add one, implement a kind in a public class with a public constructor without arguments, and name the class in
 * {@code META-INF/services/dev.touchstone.metrics.metric.Metric}; {@link Metrics} finds it on the class path. Metrics hold no state, read no
 * files and give the same number for the same input.
 */
public sealed interface Metric permits ImageMetric, PromptMetric, SetMetric {

    /** What one value of a metric is about. */
    enum Level {
        IMAGE("image"),
        PROMPT("prompt"),
        COHORT("cohort");

        private final String id;

        Level(String id) {
            this.id = id;
        }

        /** As {@code scores.jsonl} spells it. */
        public String id() {
            return id;
        }
    }

    /** Config name, {@code [a-z0-9-]+}, the same for ever. */
    String name();

    /** For people, as {@code LPIPS to target}. */
    String title();

    /** Which way is better. */
    Direction direction();

    /** Unit of the value; {@code 1} for shares, scores and distances. */
    default String unit() {
        return "1";
    }

    /** What one value is about. */
    Level level();

    /** Everything the metric looks at. */
    Set<Reads> reads();

    /** Fewest pictures of the generated side for which there is a value, at least 1. */
    int fewest();

    /** The formula or the rule in one line, for documentation. */
    String definition();

    /** When there is no value, in one line, for documentation. */
    String undefined();

    /** What of {@link #reads()} one pass through a picture network yields. */
    default Set<Picture.Part> parts() {
        Set<Picture.Part> parts = EnumSet.noneOf(Picture.Part.class);
        for (Reads read : reads()) {
            switch (read) {
                case FEATURES -> parts.add(Picture.Part.FEATURES);
                case PERCEPTUAL -> parts.add(Picture.Part.TAPS);
                case ATTRIBUTES -> parts.add(Picture.Part.ATTRIBUTES);
                default -> {
                    // Not of a picture network.
                }
            }
        }
        return parts;
    }

    /** The identity of the numbers: with the network's name where the metric reads anything of one. */
    default MetricId id(String network) {
        return reads().stream().anyMatch(read -> read.source() == Reads.Source.NETWORK)
                ? MetricId.of(name(), network)
                : MetricId.of(name());
    }
}
