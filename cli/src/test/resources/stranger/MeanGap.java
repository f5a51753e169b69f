package stranger;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.SetInput;
import dev.touchstone.metrics.metric.SetMetric;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.Optional;
import java.util.Set;

/** A metric of sets that Touchstone has never heard of: the distance between the means of the features. */
public final class MeanGap implements SetMetric {

    @Override
    public String name() {
        return "stranger-gap";
    }

    @Override
    public String title() {
        return "Gap of means by a stranger";
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
        return 1;
    }

    @Override
    public String definition() {
        return "length of the difference of the mean features";
    }

    @Override
    public String undefined() {
        return "a side has no image";
    }

    @Override
    public MetricResult compute(SetInput input) {
        double[] first = mean(input.generated());
        double[] second = mean(input.reference());
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += (first[i] - second[i]) * (first[i] - second[i]);
        }
        return MetricResult.of(new Score.Scored(
                id(input.network()), Math.sqrt(sum), direction(), input.size(), Optional.empty(), "of means"));
    }

    private static double[] mean(Rows rows) {
        double[] mean = new double[rows.columns()];
        double[] row = new double[rows.columns()];
        for (int i = 0; i < rows.rows(); i++) {
            rows.read(i, 1, row);
            for (int j = 0; j < row.length; j++) {
                mean[j] += row[j] / rows.rows();
            }
        }
        return mean;
    }
}
