package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Optional;

/** A metric on features of a set of pictures, most often against a reference set. Ask {@link #of}; write {@link #compute}. */
public non-sealed interface SetMetric extends Metric {

    @Override
    default Level level() {
        return Level.COHORT;
    }

    /** Fewest pictures of the reference; 0 for metrics without one. */
    default int fewestReference() {
        return reads().contains(Reads.REFERENCE_SET) ? fewest() : 0;
    }

    /** The value with all that belongs to it; unscored where a side has too few pictures. */
    default MetricResult of(SetInput input) {
        return tooFew(input).map(MetricResult::of).orElseGet(() -> compute(input));
    }

    /** As {@link #of}, with at least {@link #fewest()} and {@link #fewestReference()} pictures. */
    MetricResult compute(SetInput input);

    /** The plain value, as a noise floor repeats it. Both sides have enough pictures. */
    default double between(Rows generated, Rows reference) {
        return compute(SetInput.of("floor", generated, reference))
                .score()
                .scored()
                .orElseThrow(() -> new MetricException(name() + ": expected a value, found none"))
                .value();
    }

    private Optional<Score> tooFew(SetInput input) {
        int generated = input.generated().rows();
        int reference = input.reference().rows();
        if (generated >= fewest() && reference >= fewestReference()) {
            return Optional.empty();
        }
        String wanted = name() + " needs at least " + fewest();
        String reason = fewestReference() == 0
                ? wanted + " images, found " + generated
                : fewestReference() == fewest()
                        ? wanted + " images on each side, found " + generated + " generated and " + reference
                                + " reference"
                        : wanted + " generated images and " + fewestReference() + " of reference, found " + generated
                                + " and " + reference;
        return Optional.of(new Score.Unscored(id(input.network()), reason, generated));
    }
}
