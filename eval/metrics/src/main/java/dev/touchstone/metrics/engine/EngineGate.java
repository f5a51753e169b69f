package dev.touchstone.metrics.engine;

import java.util.function.Supplier;

/** Lets an engine's callers through once its check has passed; the check is made at the first call. */
public final class EngineGate {

    private final Supplier<EngineVerdict> check;
    private volatile EngineVerdict verdict;

    public EngineGate(Supplier<EngineVerdict> check) {
        this.check = check;
    }

    /** What was found; the first call checks, others wait for it. */
    public EngineVerdict verdict() {
        EngineVerdict known = verdict;
        if (known == null) {
            synchronized (this) {
                if (verdict == null) {
                    verdict = check.get();
                }
                known = verdict;
            }
        }
        return known;
    }

    /**
     * Does nothing if the engine is believed.
     *
     * @throws EngineException if it failed; the message says what to do
     */
    public void require() {
        if (!verdict().passed()) {
            throw new EngineException(verdict().refusal());
        }
    }
}
