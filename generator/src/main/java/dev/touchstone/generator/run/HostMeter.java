package dev.touchstone.generator.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Measures how busy the machine is between two moments. */
@FunctionalInterface
public interface HostMeter {

    /** Measures nothing. */
    HostMeter NONE = () -> Optional::empty;

    /** Starts measuring. */
    Reading start();

    /** What is being measured. */
    @FunctionalInterface
    interface Reading {

        /** How busy the machine was since the start; empty if that is not known. */
        Optional<HostLoad> end();
    }

    /** The machine this runs on. Shares come from Linux' {@code /proc/stat} and are empty elsewhere. */
    static HostMeter system() {
        Path stat = Path.of("/proc/stat");
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? () -> {
                    long processor = system.getProcessCpuTime();
                    Optional<Ticks> before = Ticks.read(stat);
                    return () -> Optional.of(load(system, processor, before, Ticks.read(stat)));
                }
                : NONE;
    }

    private static HostLoad load(
            OperatingSystemMXBean system, long processor, Optional<Ticks> before, Optional<Ticks> after) {
        double seconds = Math.max(0, system.getProcessCpuTime() - processor) / 1e9;
        double average = system.getSystemLoadAverage();
        OptionalDouble loadAverage = average >= 0 ? OptionalDouble.of(average) : OptionalDouble.empty();
        if (before.isEmpty()
                || after.isEmpty()
                || after.get().all() <= before.get().all()) {
            return new HostLoad(seconds, OptionalDouble.empty(), OptionalDouble.empty(), loadAverage);
        }
        double all = after.get().all() - before.get().all();
        return new HostLoad(
                seconds,
                share(after.get().busy() - before.get().busy(), all),
                share(after.get().steal() - before.get().steal(), all),
                loadAverage);
    }

    private static OptionalDouble share(double part, double all) {
        return OptionalDouble.of(Math.min(1, Math.max(0, part / all)));
    }

    /**
     * Processor time of the machine since it started, in ticks.
     *
     * @param busy of anybody, stolen time left out
     * @param steal taken by the machine beneath
     * @param all of it
     */
    record Ticks(long busy, long steal, long all) {

        // "cpu user nice system idle iowait irq softirq steal guest guest_nice"; guests are part of user and nice.
        private static final int IDLE = 4;
        private static final int IOWAIT = 5;
        private static final int STEAL = 8;

        static Optional<Ticks> read(Path stat) {
            try (Stream<String> lines = Files.lines(stat)) {
                return lines.filter(line -> line.startsWith("cpu ")).findFirst().flatMap(Ticks::parse);
            } catch (IOException e) {
                return Optional.empty(); // another system
            }
        }

        static Optional<Ticks> parse(String line) {
            String[] fields = line.trim().split("\\s+");
            if (fields.length <= STEAL) {
                return Optional.empty();
            }
            long all = 0;
            for (int i = 1; i <= STEAL; i++) {
                all += Long.parseLong(fields[i]);
            }
            long steal = Long.parseLong(fields[STEAL]);
            long idle = Long.parseLong(fields[IDLE]) + Long.parseLong(fields[IOWAIT]);
            return Optional.of(new Ticks(all - idle - steal, steal, all));
        }
    }
}
