package dev.touchstone.metrics.metric;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/** The metrics on the class path: the one list that there is. Those of this module come first, in the order in which reports show them. */
public final class Metrics {

    /** What a run can supply to a metric. */
    public static final Set<Reads> OF_A_RUN = Collections.unmodifiableSet(EnumSet.of(
            Reads.PIXELS,
            Reads.FEATURES,
            Reads.PERCEPTUAL,
            Reads.ATTRIBUTES,
            Reads.ASKS,
            Reads.PROMPT_TEXT,
            Reads.REFERENCE_SET,
            Reads.TARGET,
            Reads.NEAREST));

    /** What folders of images can supply. */
    public static final Set<Reads> OF_FOLDERS = Collections.unmodifiableSet(EnumSet.of(
            Reads.PIXELS,
            Reads.FEATURES,
            Reads.CLASSES,
            Reads.CLIP,
            Reads.PERCEPTUAL,
            Reads.ATTRIBUTES,
            Reads.PROMPT_TEXT,
            Reads.REFERENCE_SET,
            Reads.PARTNER));

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    private final Map<String, Metric> byName;

    private Metrics(Map<String, Metric> byName) {
        this.byName = byName;
    }

    /**
     * Those that {@code META-INF/services} names.
     *
     * @throws MetricException if two have one name, or one has a name of other characters than {@code [a-z0-9-]}
     */
    public static Metrics installed() {
        return of(ServiceLoader.load(Metric.class, Metric.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * These and no others, in this order.
     *
     * @throws MetricException as {@link #installed()}
     */
    public static Metrics of(Collection<? extends Metric> metrics) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            if (!NAME.matcher(metric.name()).matches()) {
                throw new MetricException("metric " + metric.getClass().getName()
                        + ": expected a name of [a-z0-9-]+, found \"" + metric.name() + "\"");
            }
            Metric other = byName.putIfAbsent(metric.name(), metric);
            if (other != null) {
                throw new MetricException("metric " + metric.name() + ": expected one class of this name, found "
                        + other.getClass().getName() + " and "
                        + metric.getClass().getName());
            }
        }
        return new Metrics(byName);
    }

    /** All, in order. */
    public List<Metric> all() {
        return List.copyOf(byName.values());
    }

    /** Those that read nothing else than this, in order. */
    public List<Metric> reading(Set<Reads> supplied) {
        return byName.values().stream()
                .filter(metric -> supplied.containsAll(metric.reads()))
                .toList();
    }

    /** Names of {@link #reading}. */
    public List<String> names(Set<Reads> supplied) {
        return reading(supplied).stream().map(Metric::name).toList();
    }

    /** The metric of this name. */
    public Optional<Metric> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
