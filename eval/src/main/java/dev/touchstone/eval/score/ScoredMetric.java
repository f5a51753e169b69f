package dev.touchstone.eval.score;

import java.util.Arrays;
import java.util.List;

/** The metrics that the score stage knows, by their names in manifests. */
enum ScoredMetric {
    FID("fid"),
    KID("kid"),
    LPIPS_TARGET("lpips-target"),
    LPIPS_REFERENCE("lpips-reference"),
    LPIPS_DIVERSITY("lpips-diversity"),
    ADHERENCE("adherence");

    private final String id;

    ScoredMetric(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The metrics of a manifest that this stage computes, in the order of this list. */
    static List<ScoredMetric> of(List<String> names) {
        return Arrays.stream(values())
                .filter(metric -> names.contains(metric.id))
                .toList();
    }
}
