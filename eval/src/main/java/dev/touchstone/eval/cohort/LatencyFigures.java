package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.FiellerInterval;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Times and rates of requests. Latencies are over the requests that were answered; warm-up never is among them. */
final class LatencyFigures {

    private static final String SECONDS = "s";
    private static final Map<String, Double> QUANTILES =
            new TreeMap<>(Map.of("p50", 0.5, "p90", 0.9, "p95", 0.95, "p99", 0.99));

    private LatencyFigures() {}

    static List<Latency> of(Table answered, double level) {
        Stream<String> phases =
                answered.columnNames().stream().filter(name -> name.startsWith(CohortTables.PHASE_PREFIX));
        return Stream.concat(Stream.of(CohortTables.END_TO_END, CohortTables.FIRST_IMAGE, CohortTables.SERVICE), phases)
                .map(measure -> latency(measure, CohortTables.values(answered, measure), level))
                .toList();
    }

    private static Latency latency(String measure, double[] seconds, double level) {
        Optional<Direction> direction = Optional.of(Direction.LOWER_IS_BETTER);
        Figure mean = seconds.length == 0
                ? Figure.Unscored.because("no answered requests", 0)
                : new Figure.Known(
                        Arrays.stream(seconds).average().orElseThrow(),
                        SECONDS,
                        direction,
                        seconds.length,
                        Optional.empty(),
                        "mean over answered requests");
        SortedMap<String, Figure> quantiles = new TreeMap<>();
        QUANTILES.forEach((name, probability) -> {
            OrderStatistics.Quantile quantile = OrderStatistics.estimate(seconds, probability, level);
            if (quantile instanceof OrderStatistics.Supported supported) {
                quantiles.put(
                        name,
                        new Figure.Known(
                                supported.value(),
                                SECONDS,
                                direction,
                                supported.n(),
                                Optional.of(supported.interval()),
                                "type 7 quantile, order-statistic limits"));
            } else if (quantile instanceof OrderStatistics.Withheld withheld) {
                quantiles.put(
                        name,
                        new Figure.Unscored(
                                "too few requests for limits on both sides", withheld.n(), Optional.of((long)
                                        withheld.needed())));
            }
        });
        return new Latency(measure, mean, quantiles);
    }

    /** Complete images over the time from the first intended start to the last delivery, session by session. */
    static Figure windowThroughput(Table requests, int complete) {
        StringColumn sessions = requests.stringColumn(CohortTables.SESSION);
        DoubleColumn intended = requests.doubleColumn(CohortTables.INTENDED);
        DoubleColumn delivered = requests.doubleColumn(CohortTables.DELIVERED);
        Map<String, double[]> windows = new TreeMap<>();
        for (int row = 0; row < requests.rowCount(); row++) {
            double from = intended.get(row);
            double to = delivered.get(row);
            windows.merge(sessions.get(row), new double[] {from, to}, (a, b) ->
                    new double[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
        }
        double seconds = windows.values().stream().mapToDouble(w -> w[1] - w[0]).sum();
        if (complete == 0 || seconds <= 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        return new Figure.Known(
                complete / seconds,
                "images/s",
                Optional.of(Direction.HIGHER_IS_BETTER),
                complete,
                Optional.empty(),
                "complete images / measured window");
    }

    /**
     * Complete images over the service time of the cohort's requests. Requests of other cohorts stand between those of this one,
     * so that its window would say nothing.
     */
    static Figure busyThroughput(Table requests, Table images, double level) {
        Map<String, Integer> complete = new TreeMap<>();
        StringColumn status = images.stringColumn(CohortTables.STATUS);
        StringColumn prompts = images.stringColumn(CohortTables.PROMPT);
        for (int row = 0; row < images.rowCount(); row++) {
            complete.merge(prompts.get(row), status.get(row).equals(CohortTables.COMPLETE) ? 1 : 0, Integer::sum);
        }
        List<Double> counts = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int row = 0; row < requests.rowCount(); row++) {
            counts.add((double) complete.getOrDefault(
                    requests.stringColumn(CohortTables.PROMPT).get(row), 0));
            seconds.add(requests.doubleColumn(CohortTables.SERVICE).get(row));
        }
        double all = counts.stream().mapToDouble(Double::doubleValue).sum();
        double busy = seconds.stream().mapToDouble(Double::doubleValue).sum();
        if (all == 0 || busy <= 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        Optional<Interval> interval = counts.size() < 2
                ? Optional.empty()
                : Optional.of(FiellerInterval.of(FiellerInterval.Means.of(array(counts), array(seconds)), level));
        return new Figure.Known(
                all / busy,
                "images/s",
                Optional.of(Direction.HIGHER_IS_BETTER),
                (long) all,
                interval,
                "complete images / service time of their requests, Fieller over requests");
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
