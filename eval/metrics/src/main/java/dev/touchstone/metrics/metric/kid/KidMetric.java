package dev.touchstone.metrics.metric.kid;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * KID: over all pictures with an interval over prompts, or, where the options ask for it, by the published protocol of subsets with the
 * estimate over all pictures beside it.
 */
public final class KidMetric implements SetMetric {

    /** Largest set of which the estimate over all pictures is computed beside the subsets. */
    private static final int FULL_ESTIMATE_LIMIT = 5000;

    @Override
    public String name() {
        return KernelInceptionDistance.NAME;
    }

    @Override
    public String title() {
        return "KID";
    }

    @Override
    public Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    public Set<Reads> reads() {
        return Set.of(Reads.FEATURES, Reads.REFERENCE_SET);
    }

    @Override
    public int fewest() {
        return 3;
    }

    @Override
    public String definition() {
        return "unbiased MMD², kernel `(x'y / d + 1)^3`; mean over 100 subsets of 1000, in a run over all images";
    }

    @Override
    public String undefined() {
        return "a side has fewer than 3 images";
    }

    @Override
    public MetricResult compute(SetInput input) {
        return against(input.reference()).compute(input.network(), input.generated(), input.prompts(), input.options());
    }

    @Override
    public Against against(Rows reference) {
        return new AgainstReference(reference);
    }

    private final class AgainstReference implements Against {

        private final Rows reference;
        private Optional<KernelSums> sums = Optional.empty();

        private AgainstReference(Rows reference) {
            this.reference = reference;
        }

        @Override
        public MetricResult compute(String network, Rows generated, int[] prompts, SetInput.Options options) {
            SetInput input = new SetInput(network, generated, prompts, reference, options);
            return options.subsets()
                    .map(protocol -> subsets(input, protocol))
                    .orElseGet(() ->
                            whole(input, KernelInceptionDistance.unbiased(generated, prompts, reference, sums())));
        }

        @Override
        public NoiseFloor floor(List<FloorDesign.Draw> draws) {
            return KernelFloor.measure(reference, sums(), draws);
        }

        private KernelSums sums() {
            if (sums.isEmpty()) {
                sums = Optional.of(KernelSums.of(reference));
            }
            return sums.get();
        }
    }

    private MetricResult whole(SetInput input, UnbiasedEstimate estimate) {
        Score score = new Score.Scored(
                id(input.network()),
                estimate.value(),
                direction(),
                input.size(),
                Optional.of(estimate.interval()),
                "unbiased over pairs of different prompts, jackknife over prompts, Student's t");
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("standardError", estimate.standardError());
        parts.put("degreesOfFreedom", estimate.degreesOfFreedom());
        return MetricResult.of(score, parts, List.of());
    }

    private static UnbiasedEstimate estimate(SetInput input) {
        int[] singles = IntStream.range(0, input.reference().rows()).toArray();
        return KernelInceptionDistance.unbiased(input.generated(), input.prompts(), input.reference(), singles);
    }

    private MetricResult subsets(SetInput input, SubsetProtocol asked) {
        int n = input.generated().rows();
        int m = input.reference().rows();
        int smaller = Math.min(n, m);
        List<String> remarks = new ArrayList<>();
        SubsetProtocol protocol = asked;
        if (smaller < asked.size()) {
            remarks.add("subsets of " + smaller + " images instead of " + asked.size()
                    + ", because a side has no more; published KIDs use 1000");
            protocol = asked.withSize(smaller);
        }
        SubsetEstimate estimate = KernelInceptionDistance.subsets(input.generated(), input.reference(), protocol);
        Map<String, Double> parts = new LinkedHashMap<>();
        if (protocol.size() < Math.max(n, m)) {
            parts.put("std", estimate.standardDeviation());
        } else {
            remarks.add("every subset is the whole of both sides: there is no spread over subsets");
        }
        parts.put("subsets", (double) protocol.subsets());
        parts.put("subset-size", (double) protocol.size());
        if (Math.max(n, m) <= FULL_ESTIMATE_LIMIT) {
            UnbiasedEstimate full = estimate(input);
            parts.put("full", full.value());
            parts.put("full-low", full.interval().low());
            parts.put("full-high", full.interval().high());
        }
        Score score = new Score.Scored(
                id(input.network()),
                estimate.mean(),
                direction(),
                input.size(),
                Optional.empty(),
                "subsets, torch-fidelity");
        return MetricResult.of(score, parts, remarks);
    }
}
