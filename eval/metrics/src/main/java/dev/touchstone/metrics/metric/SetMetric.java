package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.linear.Rows;
import java.util.List;
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

    /** Fewest prompts of a cohort of a run for which the value is printed; of folders it always is. */
    default int fewestPrompts() {
        return 1;
    }

    /** The value with all that belongs to it; unscored where a side has too few pictures. */
    default MetricResult of(SetInput input) {
        return of(input, against(input.reference()));
    }

    /** As {@link #of(SetInput)}, with what was computed of the input's reference before. */
    default MetricResult of(SetInput input, Against reference) {
        return tooFew(input)
                .map(MetricResult::of)
                .orElseGet(
                        () -> reference.compute(input.network(), input.generated(), input.prompts(), input.options()));
    }

    /** As {@link #of}, with at least {@link #fewest()} and {@link #fewestReference()} pictures. */
    MetricResult compute(SetInput input);

    /**
     * The metric against one reference, to be asked of several sets. Metrics that compute much from the reference alone compute it
     * once here; the numbers are those of {@link #of}.
     */
    default Against against(Rows reference) {
        return new Against() {
            @Override
            public MetricResult compute(String network, Rows generated, int[] prompts, SetInput.Options options) {
                return SetMetric.this.compute(new SetInput(network, generated, prompts, reference, options));
            }

            @Override
            public NoiseFloor floor(List<FloorDesign.Draw> draws) {
                return NoiseFloor.measure(reference.rows(), draws, draw -> {
                    Rows rest = reference.select(draw.rest(reference.rows()));
                    Rows drawn = reference.select(draw.rows());
                    return SetMetric.this
                            .compute(new SetInput("floor", drawn, draw.prompts(), rest, SetInput.Options.WHOLE))
                            .score()
                            .scored()
                            .orElseThrow(() -> new MetricException(name() + ": expected a noise floor, found no value"))
                            .value();
                });
            }
        };
    }

    /** One reference of a metric, and what was computed of it so far. */
    interface Against {

        /** As {@link SetMetric#compute}. */
        MetricResult compute(String network, Rows generated, int[] prompts, SetInput.Options options);

        /** The metric of parts of the reference against the rest of it. */
        NoiseFloor floor(List<FloorDesign.Draw> draws);
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
