package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.inference.IndexedRandom;

/**
 * How intervals are made.
 *
 * @param seed of every bootstrap, together with the number's name and the cohort
 * @param replicates of every bootstrap, at least 100
 * @param level of every interval, in (0, 1)
 */
public record Resampling(long seed, int replicates, double level) {

    /** 2,000 replicates at 95 %. */
    public static Resampling of(long seed) {
        return new Resampling(seed, 2000, 0.95);
    }

    /** The bootstrap of one number of one cohort: its draws depend on nothing else. */
    ClusterBootstrap bootstrap(String number, String cohort) {
        return new ClusterBootstrap(IndexedRandom.of(seed, number, cohort), replicates, level);
    }
}
