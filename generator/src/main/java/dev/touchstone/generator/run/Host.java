package dev.touchstone.generator.run;

import com.sun.management.OperatingSystemMXBean;
import dev.touchstone.metrics.engine.EngineReport;
import dev.touchstone.metrics.engine.Processor;
import dev.touchstone.metrics.machine.Engines;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A machine.
 *
 * @param os name, version and architecture
 * @param processor model name, or the architecture where the system does not say
 * @param logicalCores that this process may use
 * @param memoryBytes of the machine or container
 * @param java vendor and version
 * @param numerics what its numbers were computed with; empty in records of earlier versions
 */
public record Host(
        String os, String processor, int logicalCores, long memoryBytes, String java, Optional<Numerics> numerics) {

    /** A machine of which only the outside is known. */
    public Host(String os, String processor, int logicalCores, long memoryBytes, String java) {
        this(os, processor, logicalCores, memoryBytes, java, Optional.empty());
    }

    /**
     * What numbers are computed with.
     *
     * @param features instruction sets of the processor that numeric libraries choose their code by, sorted
     * @param threads that engines may use
     * @param engines version and chosen kernel by the engine's id
     */
    public record Numerics(List<String> features, int threads, SortedMap<String, EngineReport> engines) {
        public Numerics {
            features = List.copyOf(features);
            engines = Collections.unmodifiableSortedMap(new TreeMap<>(engines));
        }
    }

    /** The machine this runs on; checks its engines where that was not done before. */
    public static Host here() {
        Processor processor = Processor.here();
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
        return new Host(
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                processor.model(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                property("java.vendor") + " " + property("java.version"),
                Optional.of(new Numerics(
                        processor.numeric(), Runtime.getRuntime().availableProcessors(), Engines.reports())));
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
