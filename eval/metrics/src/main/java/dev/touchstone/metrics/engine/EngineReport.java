package dev.touchstone.metrics.engine;

/**
 * An engine as a record of a machine names it.
 *
 * @param version of the library; {@code unavailable} where it does not load
 * @param kernel the code or provider that it chose for this processor
 */
public record EngineReport(String version, String kernel) {

    /** Of a verdict. */
    public static EngineReport of(EngineVerdict verdict) {
        return new EngineReport(verdict.version(), verdict.kernel());
    }
}
