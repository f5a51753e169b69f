package dev.touchstone.metrics.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A processor, as far as libraries choose their code by it.
 *
 * @param model name, or the architecture where the system does not say
 * @param features instruction sets by the system's names, sorted; empty where it does not say
 */
public record Processor(String model, List<String> features) {

    public Processor {
        features = List.copyOf(features);
    }

    /** The one this runs on; Linux says more than other systems. */
    public static Processor here() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info)) {
                return of(lines.limit(1000).toList());
            } catch (IOException e) {
                return unknown();
            }
        }
        return unknown();
    }

    /** Of the lines of {@code /proc/cpuinfo}. */
    static Processor of(List<String> lines) {
        Set<String> features = new TreeSet<>();
        field(lines, "flags")
                .or(() -> field(lines, "Features"))
                .ifPresent(names -> features.addAll(List.of(names.split("\\s+"))));
        String identity = field(lines, "model name").orElse(System.getProperty("os.arch", "unknown"));
        return new Processor(identity, List.copyOf(features));
    }

    /** The instruction sets by which numeric libraries choose their kernels. */
    public List<String> numeric() {
        return features.stream()
                .filter(name -> name.matches("sse4_.|avx.*|fma|f16c|amx.*|asimd.*|sve.*|bf16|i8mm"))
                .toList();
    }

    private static Processor unknown() {
        String name = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch", "unknown"));
        return new Processor(name, List.of());
    }

    private static Optional<String> field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
