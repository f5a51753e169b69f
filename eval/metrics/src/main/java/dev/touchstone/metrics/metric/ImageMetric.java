package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.Picture;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A metric of one picture, alone, against its prompt, or against pictures that belong to it. */
public non-sealed interface ImageMetric extends Metric {

    @Override
    default Level level() {
        return Level.IMAGE;
    }

    @Override
    default int fewest() {
        return 1;
    }

    /** The value with all that belongs to it. May be asked from several threads. */
    MetricResult of(Input input);

    /**
     * One picture and what belongs to it. What the metric does not read may be missing.
     *
     * @param network name of what read the picture
     * @param picture the generated one
     * @param references by what the metric reads, the partner, the edit's target or the nearest golden pictures; none where there are none
     * @param asks what the prompt asks for, in the words of the built-in world
     * @param prompt its words
     * @param distance between two pictures
     */
    record Input(
            String network,
            Picture picture,
            List<Picture> references,
            SortedMap<Attribute, String> asks,
            String prompt,
            PerceptualDistance distance) {

        public Input {
            references = List.copyOf(references);
            asks = Collections.unmodifiableSortedMap(new TreeMap<>(asks));
        }
    }
}
