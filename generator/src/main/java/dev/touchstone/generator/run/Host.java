package dev.touchstone.generator.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A machine.
 *
 * @param os name, version and architecture
 * @param processor model name, or the architecture where the system does not say
 * @param logicalCores that this process may use
 * @param memoryBytes of the machine or container
 * @param java vendor and version
 */
public record Host(String os, String processor, int logicalCores, long memoryBytes, String java) {

    /** The machine this runs on. */
    public static Host here() {
        long memory = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
        return new Host(
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                property("java.vendor") + " " + property("java.version"));
    }

    private static String processorName() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElseGet(() -> property("os.arch"));
            } catch (IOException e) {
                return property("os.arch");
            }
        }
        return property("os.arch");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
