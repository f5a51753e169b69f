package dev.touchstone.eval.trial;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A finished sweep.
 *
 * @param identity of model, machine, network, golden set and prompts: sweeps compare where it is equal
 * @param floor FID between disjoint parts of the golden pictures
 * @param points in the order of the plan's precisions, then guidance, then steps
 */
public record SweepResult(SortedMap<String, String> identity, Floor floor, List<SweepPoint> points) {

    public SweepResult {
        identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
        points = List.copyOf(points);
    }

    /**
     * @param fid mean
     * @param fidHigh 95 % quantile
     * @param n pictures of each part
     */
    public record Floor(double fid, double fidHigh, int n) {}
}
