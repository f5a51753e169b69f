package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Remembers what an observer heard, as the event log would: a moment before the last one counts as that one. */
final class HeardPhases implements PhaseObserver {

    final List<Phase> order = new ArrayList<>();
    final List<Long> steps = new ArrayList<>();
    private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
    private long last;

    @Override
    public void enter(Phase phase, int batch) {
        enterAt(phase, batch, System.nanoTime());
    }

    @Override
    public void enterAt(Phase phase, int batch, long nanoTime) {
        long at = order.isEmpty() ? nanoTime : Math.max(last, nanoTime);
        if (!order.isEmpty()) {
            nanos.merge(order.get(order.size() - 1), at - last, Long::sum);
        }
        last = at;
        if (order.isEmpty() || order.get(order.size() - 1) != phase) {
            order.add(phase);
        }
    }

    @Override
    public void step(int batch, int step) {
        stepAt(batch, step, System.nanoTime());
    }

    @Override
    public void stepAt(int batch, int step, long nanoTime) {
        steps.add(nanoTime);
    }

    double seconds(Phase phase) {
        return nanos.getOrDefault(phase, 0L) / 1e9;
    }
}
