package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Measure;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A number that a rule may name: times, money, rates, every installed metric that a run can score, and pictures of the same seed.
 *
 * @param name as policies write it, such as {@code latency.p95}
 * @param measure id of the samples or of the compared difference it is taken from, without features in brackets
 * @param statistic how it is made of them
 * @param unit of the number
 * @param direction which way is better
 */
public record GateMetric(String name, String measure, Statistic statistic, Unit unit, Direction direction)
        implements Comparable<GateMetric> {

    /** How a number is made of samples. */
    public enum Statistic {
        MEAN,
        P50,
        P90,
        P95,
        P99,
        /** Share of yes among yes and no. */
        RATE,
        /** Money over complete pictures. */
        PER_IMAGE,
        /** Money over usable pictures. */
        PER_USABLE,
        /** Computed by the comparison, with its interval. */
        COMPARED,
        /** Shown in reports; no rule may rest on it. */
        SHOWN;

        /** Probability of a quantile; empty for everything else. */
        Optional<Double> probability() {
            return switch (this) {
                case P50 -> Optional.of(0.5);
                case P90 -> Optional.of(0.9);
                case P95 -> Optional.of(0.95);
                case P99 -> Optional.of(0.99);
                default -> Optional.empty();
            };
        }
    }

    /** Units that a policy may write behind a number. */
    public enum Unit {
        SECONDS,
        MONEY,
        SHARE,
        SCORE,
        DECIBELS
    }

    /** Metrics of two pictures of the same seed: they decide where the weights stay the same, and explain elsewhere. */
    static final String SAME_SEED = "same-seed.";

    private static final Map<String, GateMetric> ALL = all();

    private static Map<String, GateMetric> all() {
        List<GateMetric> list = new ArrayList<>();
        latency(list, "latency", Measure.END_TO_END.id());
        latency(list, "latency.end-to-end", Measure.END_TO_END.id());
        latency(list, "latency.first-image", Measure.FIRST_IMAGE.id());
        latency(list, "latency.service", Measure.SERVICE.id());
        latency(list, "latency.step", Measure.STEP_SECONDS.id());
        for (Phase phase : Phase.values()) {
            String id = Measure.phase(phase).id();
            latency(list, id, id);
        }
        list.add(lower("cost.per-image", Measure.COST, Statistic.PER_IMAGE, Unit.MONEY));
        list.add(lower("cost.per-usable", Measure.COST, Statistic.PER_USABLE, Unit.MONEY));
        list.add(higher("usable.rate", Measure.USABLE.id(), Statistic.RATE, Unit.SHARE));
        list.add(higher("delivered.rate", Measure.DELIVERED.id(), Statistic.RATE, Unit.SHARE));
        Metrics.installed().reading(Metrics.OF_A_RUN).forEach(metric -> list.add(of(metric)));
        list.add(lower(SAME_SEED + "lpips", SAME_SEED + "lpips", Statistic.COMPARED, Unit.SCORE));
        list.add(higher(SAME_SEED + "ssim", SAME_SEED + "ssim", Statistic.COMPARED, Unit.SCORE));
        list.add(higher(SAME_SEED + "psnr", SAME_SEED + "psnr", Statistic.COMPARED, Unit.DECIBELS));
        Map<String, GateMetric> byName = new TreeMap<>();
        list.forEach(metric -> byName.put(metric.name(), metric));
        return Collections.unmodifiableMap(byName);
    }

    /** A metric that runs score: a mean over prompts, or a number of a whole set, of which only KID is compared with an interval. */
    private static GateMetric of(Metric metric) {
        Statistic statistic = metric.level() != Metric.Level.COHORT
                ? Statistic.MEAN
                : metric.name().equals("kid") ? Statistic.COMPARED : Statistic.SHOWN;
        Unit unit = switch (metric.unit()) {
            case "s" -> Unit.SECONDS;
            case "dB" -> Unit.DECIBELS;
            default -> Unit.SCORE;
        };
        return new GateMetric(metric.name(), metric.name(), statistic, unit, metric.direction());
    }

    private static void latency(List<GateMetric> list, String name, String measure) {
        for (Statistic statistic :
                List.of(Statistic.MEAN, Statistic.P50, Statistic.P90, Statistic.P95, Statistic.P99)) {
            String suffix = statistic.name().toLowerCase(java.util.Locale.ROOT);
            list.add(lower(name + "." + suffix, measure, statistic, Unit.SECONDS));
        }
    }

    private static GateMetric lower(String name, String measure, Statistic statistic, Unit unit) {
        return new GateMetric(name, measure, statistic, unit, Direction.LOWER_IS_BETTER);
    }

    private static GateMetric higher(String name, String measure, Statistic statistic, Unit unit) {
        return new GateMetric(name, measure, statistic, unit, Direction.HIGHER_IS_BETTER);
    }

    /** The metric of a name, if there is one. */
    public static Optional<GateMetric> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** All names, sorted. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Whether it compares two pictures of the same seed. */
    public boolean sameSeed() {
        return name.startsWith(SAME_SEED);
    }

    @Override
    public int compareTo(GateMetric other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
