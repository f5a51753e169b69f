package dev.touchstone.metrics.machine;

import dev.touchstone.metrics.engine.Engine;
import dev.touchstone.metrics.engine.EngineReport;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.metric.linear.OpenBlas;
import dev.touchstone.metrics.runtime.nd4j.Nd4jEngine;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All native engines of this process. */
public final class Engines {

    private Engines() {}

    /** What their self-checks found. An engine whose library does not load has that as its fault. */
    public static List<EngineVerdict> verdicts() {
        List<EngineVerdict> verdicts = new ArrayList<>();
        verdicts.add(verdict(Engine.OPENBLAS, OpenBlas::verdict));
        verdicts.add(verdict(Engine.ND4J, Nd4jEngine::verdict));
        verdicts.add(verdict(Engine.ONNX_RUNTIME, OnnxEngine::verdict));
        return verdicts;
    }

    /** Version and kernel of each by its id. */
    public static SortedMap<String, EngineReport> reports() {
        SortedMap<String, EngineReport> reports = new TreeMap<>();
        verdicts().forEach(verdict -> reports.put(verdict.engine().id(), EngineReport.of(verdict)));
        return reports;
    }

    private static EngineVerdict verdict(Engine engine, Supplier<EngineVerdict> check) {
        try {
            return check.get();
        } catch (LinkageError | RuntimeException e) {
            // A native library that does not fit this machine is a LinkageError.
            return new EngineVerdict(
                    engine,
                    "unavailable",
                    "none",
                    List.of("a library that does not load (" + e + ")"),
                    Optional.<Duration>empty());
        }
    }
}
