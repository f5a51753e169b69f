package dev.touchstone.generator.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulator is and does.
 *
 * @param seed of everything that is drawn by lot
 * @param capacity how it takes requests
 * @param cohorts truth by cohort: the workflow whose words a prompt uses, see {@link dev.touchstone.generator.scene.Workflow}
 * @param otherwise truth of prompts of no such cohort
 * @param faults what goes wrong
 */
public record SimulatorSettings(
        long seed, Capacity capacity, SortedMap<String, CohortTruth> cohorts, CohortTruth otherwise, FaultPlan faults) {

    /**
     * How requests are taken.
     *
     * @param slots requests that are worked on at once; the rest wait in order of arrival
     * @param coldStart what the first request waits for weights
     * @param cache whether a request that was served before is answered at once, with the same pictures
     */
    public record Capacity(int slots, Duration coldStart, Cache cache) {

        /** @throws IllegalArgumentException without a slot */
        public Capacity {
            if (slots < 1) {
                throw new IllegalArgumentException("capacity: expected at least one slot, found " + slots);
            }
        }
    }

    /** Whether answers are kept. */
    public enum Cache {
        OFF,
        ON
    }

    public SimulatorSettings {
        cohorts = Collections.unmodifiableSortedMap(new TreeMap<>(cohorts));
    }

    /** A server of two slots whose cohorts differ in everything; about 60 ms a request. */
    public static SimulatorSettings standard() {
        SortedMap<String, CohortTruth> cohorts = new TreeMap<>();
        cohorts.put("portrait-realism", truth(0.9, 0.0, 6, 0.10));
        cohorts.put("stylised-art", truth(0.8, 0.0, 5, 0.10));
        cohorts.put("marketing-assets", truth(0.95, 0.0, 4, 0.10));
        cohorts.put("edit-workflows", truth(0.7, 0.0, 6, 0.15));
        cohorts.put("failure-probes", truth(0.4, 0.1, 8, 0.30));
        return new SimulatorSettings(
                20260101,
                new Capacity(2, Duration.ofMillis(300), Cache.OFF),
                cohorts,
                truth(0.8, 0.0, 6, 0.10),
                FaultPlan.NONE);
    }

    /** A server that takes no time, draws only usable pictures and refuses nothing. */
    public static SimulatorSettings instant() {
        return new SimulatorSettings(
                1,
                new Capacity(64, Duration.ZERO, Cache.OFF),
                new TreeMap<>(),
                new CohortTruth(1, 0, CohortTruth.Phases.NONE),
                FaultPlan.NONE);
    }

    /** The same with other faults. */
    public SimulatorSettings with(FaultPlan plan) {
        return new SimulatorSettings(seed, capacity, cohorts, otherwise, plan);
    }

    /** The same with another capacity. */
    public SimulatorSettings with(Capacity other) {
        return new SimulatorSettings(seed, other, cohorts, otherwise, faults);
    }

    /** The same with one truth for every prompt. */
    public SimulatorSettings with(CohortTruth truth) {
        return new SimulatorSettings(seed, capacity, new TreeMap<>(), truth, faults);
    }

    CohortTruth truth(String cohort) {
        return cohorts.getOrDefault(cohort, otherwise);
    }

    private static CohortTruth truth(double usable, double moderated, int stepMillis, double spread) {
        return new CohortTruth(
                usable,
                moderated,
                new CohortTruth.Phases(
                        Duration.ofMillis(10), Duration.ofMillis(stepMillis), 8, Duration.ofMillis(5), spread));
    }
}
