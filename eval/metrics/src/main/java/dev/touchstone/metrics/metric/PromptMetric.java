package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.feature.Picture;
import java.util.List;

/** A metric of the pictures of one prompt, such as how much they differ. */
public non-sealed interface PromptMetric extends Metric {

    @Override
    default Level level() {
        return Level.PROMPT;
    }

    /** The value with all that belongs to it; unscored for fewer than {@link #fewest()} pictures. May be asked from several threads. */
    MetricResult of(Input input);

    /**
     * The pictures of one prompt.
     *
     * @param network name of what read the pictures
     * @param pictures in index order
     * @param distance between two pictures
     */
    record Input(String network, List<Picture> pictures, PerceptualDistance distance) {

        public Input {
            pictures = List.copyOf(pictures);
        }
    }
}
