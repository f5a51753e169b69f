package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.backend.comfyui.ServerMessage.NodeState;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * From a job's messages to its phases. A node's work begins where it is said to run and ends where it is said to be finished; what
 * passes between two nodes belongs to the later one, and what passes between the start of the job and its first node to that one.
 *
 * <p>A sampler that moves weights does so before its first step: where it took longer to the first step than two steps take,
 * and at least 50 ms longer than one, what is more than one step counts as loading. With one step there is no telling, and all of it is
 * sampling. The decision needs the second step, up to which the observer hears nothing of the sampler.
 */
final class JobPhases {

    /** Below this, a longer first step is not told from the noise of steps. */
    private static final long LEAST_LOADING_NANOS = 50_000_000;

    private final NodePhases table;
    private final Map<String, String> classes;
    private final PhaseObserver phases;
    private final int batch;
    private final SortedSet<String> cached = new TreeSet<>();
    private final Set<String> finished = new LinkedHashSet<>();
    private final Map<String, Long> stepsDone = new HashMap<>();
    private final List<Long> held = new ArrayList<>();
    private String node = "";
    private Phase phase = Phase.QUEUED;
    private boolean holding;
    private boolean loading;
    private long from;

    /**
     * @param classes class of every node of the workflow
     * @param batch which job of the request this is
     * @param submittedNanos when the job was sent
     */
    JobPhases(NodePhases table, Map<String, String> classes, PhaseObserver phases, int batch, long submittedNanos) {
        this.table = table;
        this.classes = Map.copyOf(classes);
        this.phases = phases;
        this.batch = batch;
        this.from = submittedNanos;
        phases.enterAt(Phase.QUEUED, batch, submittedNanos);
    }

    /** Nodes whose results were kept from an earlier job. */
    SortedSet<String> cachedNodes() {
        return cached;
    }

    /** Phases of the workflow all of whose nodes were kept: the times of such a job are not those of a whole one. */
    SortedSet<String> cachedPhases() {
        SortedSet<String> kept = new TreeSet<>();
        SortedSet<String> worked = new TreeSet<>();
        classes.forEach((id, nodeClass) ->
                (cached.contains(id) ? kept : worked).add(table.of(nodeClass).id()));
        kept.removeAll(worked);
        return kept;
    }

    /** A message of the job. Its start counts from when it arrived, unless {@link #started} says otherwise. */
    void hear(ServerMessage message) {
        if (message instanceof ServerMessage.Started) {
            started(message.nanos());
        } else if (message instanceof ServerMessage.Cached kept) {
            cached.addAll(kept.nodes());
        } else if (message instanceof ServerMessage.Executing executing) {
            executing.node().ifPresent(id -> executing(id, message.nanos()));
        } else if (message instanceof ServerMessage.Progress progress) {
            if (progress.node().equals(node)) {
                step(progress.value(), progress.max(), message.nanos());
            }
        } else if (message instanceof ServerMessage.States states) {
            states(states.nodes(), message.nanos());
        }
    }

    /** The job leaves the queue. */
    void started(long nanos) {
        from = nanos;
    }

    private void executing(String id, long nanos) {
        if (!id.equals(node) && !finished.contains(id)) {
            end(nanos);
            begin(id, id, nanos);
        }
    }

    private void states(Map<String, NodeState> nodes, long nanos) {
        nodes.forEach((id, state) -> {
            if (state.state().equals("finished") && id.equals(node)) {
                if (state.max() > 1) {
                    step(state.value(), state.max(), nanos);
                }
                end(nanos);
            }
            if (!state.state().equals("running")) {
                finished.add(id);
            }
        });
        nodes.forEach((id, state) -> {
            if (state.state().equals("running") && !finished.contains(id)) {
                if (!id.equals(node)) {
                    end(nanos);
                    begin(id, state.realNode(), nanos);
                }
                activity(state.loading(), nanos);
                if (state.max() > 1) {
                    step(state.value(), state.max(), nanos);
                }
            }
        });
    }

    /** The job is over; pictures are fetched from now. */
    void over(long nanos) {
        end(nanos);
        phases.enterAt(Phase.FETCHING, batch, nanos);
    }

    /** Nothing more will be heard: says what was held back. */
    void release() {
        if (holding) {
            sampling(from);
        }
    }

    private void begin(String id, String realNode, long nanos) {
        node = id;
        loading = false;
        phase = table.of(classes.getOrDefault(realNode, classes.getOrDefault(id.replaceFirst("[:.].*", ""), "")));
        holding = phase == Phase.SAMPLING;
        held.clear();
        if (!holding) {
            phases.enterAt(phase, batch, from);
        }
    }

    private void end(long nanos) {
        release();
        if (!node.isEmpty()) {
            finished.add(node);
            node = "";
            from = nanos;
        }
    }

    private void activity(boolean nowLoading, long nanos) {
        if (nowLoading == loading) {
            return;
        }
        if (nowLoading && holding && held.isEmpty()) {
            phases.enterAt(Phase.LOADING, batch, from);
        } else {
            release();
            phases.enterAt(nowLoading ? Phase.LOADING : phase, batch, nanos);
        }
        holding = false;
        loading = nowLoading;
    }

    private void step(long value, long max, long nanos) {
        if (phase != Phase.SAMPLING || value < 1 || value <= stepsDone.getOrDefault(node, 0L)) {
            return;
        }
        stepsDone.put(node, value);
        if (!holding) {
            phases.stepAt(batch, (int) value - 1, nanos);
            return;
        }
        held.add(nanos);
        if (max == 1) {
            release();
        } else if (held.size() == 2) {
            long step = held.get(1) - held.get(0);
            long lead = held.get(0) - from - step;
            if (lead > Math.max(step, LEAST_LOADING_NANOS)) {
                phases.enterAt(Phase.LOADING, batch, from);
                sampling(held.get(0) - step);
            } else {
                sampling(from);
            }
        }
    }

    private void sampling(long nanos) {
        holding = false;
        phases.enterAt(Phase.SAMPLING, batch, nanos);
        for (int step = 0; step < held.size(); step++) {
            phases.stepAt(batch, step, held.get(step));
        }
        held.clear();
    }
}
