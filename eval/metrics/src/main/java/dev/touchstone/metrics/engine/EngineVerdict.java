package dev.touchstone.metrics.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is on this machine, and whether it computes what it should.
 *
 * @param engine which
 * @param version of the library
 * @param kernel the code that it chose for this processor, as it names it itself; {@code unknown} where it does not say
 * @param faults one sentence per check that failed; empty if none did
 * @param took time of the checks; empty if an earlier process made them
 */
public record EngineVerdict(
        Engine engine, String version, String kernel, List<String> faults, Optional<Duration> took) {

    public EngineVerdict {
        faults = List.copyOf(faults);
    }

    /** Whether its numbers are believed. */
    public boolean passed() {
        return faults.isEmpty();
    }

    /** Why not, and what to do: one sentence for people. */
    public String refusal() {
        return engine.id() + " " + version + " (kernel " + kernel
                + "): expected right results of its self-check, found "
                + faults.get(0) + (faults.size() > 1 ? " and " + (faults.size() - 1) + " more" : "") + "; "
                + engine.use() + " are not computed with it here. Use the version that Touchstone pins"
                + ", or other code of it (" + engine.variables().get(0) + ")";
    }
}
