package dev.touchstone.metrics.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The runtimes on the class path, fastest first. */
public final class Runtimes {

    /** Name in manifests for "the fastest that works here". */
    public static final String AUTO = "auto";

    /**
     * Fastest first, as measured with {@code .ci/bench/pebble.sh} (see docs/runtimes.md); the order is stated so that a
     * busy minute cannot change which pictures a run makes. Others follow by name.
     */
    private static final List<String> ORDER = List.of("onnxruntime", "nd4j");

    private final List<RuntimeProvider> providers;

    Runtimes(List<RuntimeProvider> providers) {
        List<RuntimeProvider> sorted = new ArrayList<>(providers);
        sorted.sort(Comparator.comparingInt(Runtimes::rank).thenComparing(RuntimeProvider::name));
        this.providers = List.copyOf(sorted);
    }

    private static int rank(RuntimeProvider provider) {
        int place = ORDER.indexOf(provider.name());
        return place < 0 ? ORDER.size() : place;
    }

    /** Those that register themselves as a service. */
    public static Runtimes installed() {
        List<RuntimeProvider> providers = new ArrayList<>();
        ServiceLoader.load(RuntimeProvider.class).forEach(providers::add);
        return new Runtimes(providers);
    }

    /** Names in order of speed. */
    public List<String> names() {
        return providers.stream().map(RuntimeProvider::name).toList();
    }

    /** What each runtime is on this machine; loads their libraries. */
    public List<RuntimeReport> probe() {
        return providers.stream().map(RuntimeProvider::probe).toList();
    }

    /**
     * The runtime of a name, or the first that works.
     *
     * @param name of a runtime, or {@link #AUTO}
     * @param precision it must compute in
     * @throws TensorRuntimeException if there is no such runtime, it does not load, or it lacks the precision; the
     *     message says what to use instead
     */
    public RuntimeSelection select(String name, Precision precision) {
        if (!name.equals(AUTO) && !names().contains(name)) {
            throw new TensorRuntimeException("runtime: expected " + AUTO + " or one of " + String.join(", ", names())
                    + ", found \"" + name + "\"");
        }
        List<String> passedOver = new ArrayList<>();
        for (RuntimeProvider provider : providers) {
            if (!name.equals(AUTO) && !name.equals(provider.name())) {
                continue;
            }
            if (!provider.precisions().contains(precision)) {
                passedOver.add(provider.name() + " does not compute in " + precision.id() + ".");
                continue;
            }
            RuntimeReport report = provider.probe();
            if (report.works()) {
                return new RuntimeSelection(provider, report, reason(name, report, passedOver));
            }
            passedOver.add(provider.name() + ": " + report.reason());
        }
        throw new TensorRuntimeException("runtime " + name + ": expected one that loads here and computes in "
                + precision.id() + ", found none. " + String.join(" ", passedOver));
    }

    private String reason(String wanted, RuntimeReport report, List<String> passedOver) {
        String why = wanted.equals(AUTO)
                ? "Fastest that works of " + String.join(", ", names()) + "."
                : "Asked for in the manifest.";
        String others = passedOver.isEmpty() ? "" : " Passed over: " + String.join(" ", passedOver);
        return why + " " + report.reason() + others;
    }
}
