package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.FloorDesign;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** FID of features, or of their moments. */
public final class FidMetric implements SetMetric {

    @Override
    public String name() {
        return FrechetInceptionDistance.NAME;
    }

    @Override
    public String title() {
        return "FID";
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
        return 2;
    }

    /** A cohort of fewer gets no FID: of 8 pictures it is ten times what it is of 240, nearly all of it bias. */
    @Override
    public int fewestPrompts() {
        return FrechetInceptionDistance.FEWEST_PROMPTS;
    }

    @Override
    public String definition() {
        return "`norm(m1 - m2)^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2)`, S over n - 1";
    }

    @Override
    public String undefined() {
        return "a side has fewer than 2 images";
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
        private Optional<FrechetReference> factor = Optional.empty();

        private AgainstReference(Rows reference) {
            this.reference = reference;
        }

        @Override
        public MetricResult compute(String network, Rows generated, int[] prompts, SetInput.Options options) {
            FrechetInceptionDistance.requireSameDimension(generated.columns(), reference.columns());
            if (factor.isEmpty()) {
                factor = Optional.of(FrechetReference.of(reference));
            }
            return result(
                    network,
                    factor.get().distance(generated),
                    new Score.SampleSize(generated.rows(), reference.rows()),
                    reference.columns());
        }

        @Override
        public NoiseFloor floor(List<FloorDesign.Draw> draws) {
            return FrechetFloor.measure(reference, draws);
        }
    }

    /** Of moments, of which one side at least was read from a file; 0 images stand for a number that the file does not say. */
    public MetricResult of(String network, FeatureMoments generated, FeatureMoments reference) {
        return result(
                network,
                FrechetInceptionDistance.between(generated, reference),
                new Score.SampleSize(generated.n().orElse(0), reference.n().orElse(0)),
                generated.dimension());
    }

    private MetricResult result(String network, FrechetDistance distance, Score.SampleSize n, int dimension) {
        Score score = new Score.Scored(
                id(network),
                distance.value(),
                direction(),
                n,
                Optional.empty(),
                distance.route().toString());
        return MetricResult.of(score, Map.of("mean-term", distance.meanTerm()), remarks(n, dimension));
    }

    /** FID's bias depends on n: say so where it is large. */
    private static List<String> remarks(Score.SampleSize n, int dimension) {
        List<String> unequal = SetInput.unequal(n.generated(), n.reference());
        long smaller = n.generated() == 0
                ? n.reference()
                : n.reference() == 0 ? n.generated() : Math.min(n.generated(), n.reference());
        return smaller > 0 && smaller < dimension
                ? SetInput.remarks(
                        smaller + " images for " + dimension
                                + " features: FID is too high by an amount that depends on the number of images; compare only at equal n",
                        unequal)
                : unequal;
    }
}
