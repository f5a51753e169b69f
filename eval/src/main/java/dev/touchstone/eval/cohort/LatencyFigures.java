package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.FiellerInterval;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.eval.result.CohortSummary.Latency;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    /** What equal times differ by. */
    private static final double ROUNDING = 1e-12;

    /** As many blocks leave degrees of freedom enough and keep neighbours, which are alike, together. */
    static final int BLOCKS = 12;

    /** With fewer requests blocks are too short, and the interval of the throughput is withheld. */
    private static final int FEWEST_REQUESTS = 24;

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
        Figure mean = mean(seconds, direction, level);
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

    private static Figure mean(double[] seconds, Optional<Direction> direction, double level) {
        if (seconds.length == 0) {
            return Figure.Unscored.because("no answered requests", 0);
        }
        double mean = Arrays.stream(seconds).average().orElseThrow();
        String method = "mean over answered requests";
        if (seconds.length >= ClusteredMean.FEWEST_PROMPTS) {
            StudentEstimate estimate = StudentEstimate.of(seconds, method + ", Student's t");
            // Zeros of a phase that did not happen bound nothing.
            if (estimate.standardError() > ROUNDING * mean) {
                return new Figure.Known(
                        mean,
                        SECONDS,
                        direction,
                        seconds.length,
                        Optional.of(estimate.interval(level)),
                        estimate.method());
            }
        }
        return new Figure.Known(mean, SECONDS, direction, seconds.length, Optional.empty(), method);
    }

    /**
     * Complete images over the time from the first intended start to the last delivery, session by session. The window is the
     * sum of the times from one delivery to the next; neighbours among them are alike, so the interval is over blocks of
     * consecutive requests.
     */
    static Figure windowThroughput(Table requests, Table images, double level) {
        StringColumn sessions = requests.stringColumn(CohortTables.SESSION);
        StringColumn prompts = requests.stringColumn(CohortTables.PROMPT);
        DoubleColumn intended = requests.doubleColumn(CohortTables.INTENDED);
        DoubleColumn delivered = requests.doubleColumn(CohortTables.DELIVERED);
        Map<String, Integer> complete = complete(images);
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int row = 0; row < requests.rowCount(); row++) {
            rows.computeIfAbsent(sessions.get(row), session -> new ArrayList<>())
                    .add(row);
        }
        List<Double> counts = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (List<Integer> session : rows.values()) {
            double last = session.stream().mapToDouble(intended::get).min().orElseThrow();
            session.sort(Comparator.comparingDouble(delivered::get));
            for (int row : session) {
                counts.add((double) complete.getOrDefault(prompts.get(row), 0));
                seconds.add(delivered.get(row) - last);
                last = delivered.get(row);
            }
        }
        return throughput(
                blocks(counts),
                blocks(seconds),
                "complete images / measured window",
                counts.size() >= FEWEST_REQUESTS
                        ? Optional.of(String.format(Locale.ROOT, "Fieller over %d blocks of requests", BLOCKS))
                        : Optional.empty(),
                "; an interval needs 24 requests",
                level);
    }

    /** Sums over blocks of neighbours, as even as can be. */
    private static double[] blocks(List<Double> values) {
        double[] sums = new double[Math.min(BLOCKS, values.size())];
        for (int i = 0; i < values.size(); i++) {
            sums[(int) ((long) i * sums.length / values.size())] += values.get(i);
        }
        return sums;
    }

    private static Map<String, Integer> complete(Table images) {
        Map<String, Integer> complete = new TreeMap<>();
        StringColumn status = images.stringColumn(CohortTables.STATUS);
        StringColumn prompts = images.stringColumn(CohortTables.PROMPT);
        for (int row = 0; row < images.rowCount(); row++) {
            complete.merge(prompts.get(row), status.get(row).equals(CohortTables.COMPLETE) ? 1 : 0, Integer::sum);
        }
        return complete;
    }

    private static Figure throughput(
            double[] counts, double[] seconds, String what, Optional<String> how, String otherwise, double level) {
        double all = Arrays.stream(counts).sum();
        double time = Arrays.stream(seconds).sum();
        if (all == 0 || time <= 0) {
            return Figure.Unscored.because("no complete images", 0);
        }
        return new Figure.Known(
                all / time,
                "images/s",
                Optional.of(Direction.HIGHER_IS_BETTER),
                (long) all,
                how.map(over -> FiellerInterval.of(FiellerInterval.Means.of(counts, seconds), level)),
                what + how.map(over -> ", " + over).orElse(otherwise));
    }

    /**
     * Complete images over the service time of the cohort's requests. Requests of other cohorts stand between those of this one,
     * so that its window would say nothing.
     */
    static Figure busyThroughput(Table requests, Table images, double level) {
        Map<String, Integer> complete = complete(images);
        List<Double> counts = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int row = 0; row < requests.rowCount(); row++) {
            counts.add((double) complete.getOrDefault(
                    requests.stringColumn(CohortTables.PROMPT).get(row), 0));
            seconds.add(requests.doubleColumn(CohortTables.SERVICE).get(row));
        }
        return throughput(
                array(counts),
                array(seconds),
                "complete images / service time of their requests",
                counts.size() >= ClusteredMean.FEWEST_PROMPTS ? Optional.of("Fieller over requests") : Optional.empty(),
                "; an interval needs 5 requests",
                level);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
