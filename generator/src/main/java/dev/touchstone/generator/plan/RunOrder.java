package dev.touchstone.generator.plan;

import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.run.PlannedRequest;
import dev.touchstone.generator.scene.CounterRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In which order requests are made: every workflow and size spread evenly over the run, at random within that. A machine that gets
 * busy in the middle then touches all cohorts alike, where packs in blocks would show it as a difference between them.
 *
 * <p>The m requests of a stratum (workflow, resolution class, edit or not) are shuffled; the k-th gets the place (k + u) / m with u
 * uniform in [0, 1); all are sorted by place. So a stratum has between floor and ceiling, give or take one, of its share in every
 * stretch of the run.
 */
final class RunOrder {

    private RunOrder() {}

    /** @param seed with the repeat's ordinal decides; the same gives the same order everywhere */
    static List<Integer> balanced(List<PlannedRequest> requests, long seed, int repeat) {
        SortedMap<String, List<Integer>> strata = new TreeMap<>();
        for (int i = 0; i < requests.size(); i++) {
            strata.computeIfAbsent(stratum(requests.get(i).prompt()), name -> new ArrayList<>())
                    .add(i);
        }
        double[] place = new double[requests.size()];
        strata.forEach((name, members) -> {
            CounterRandom random = new CounterRandom(seed, "run-order " + name, repeat);
            for (int i = members.size() - 1; i > 0; i--) {
                Collections.swap(members, i, random.nextInt(i + 1));
            }
            for (int k = 0; k < members.size(); k++) {
                place[members.get(k)] = (k + random.nextDouble()) / members.size();
            }
        });
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> place[i]));
        return order;
    }

    private static String stratum(Prompt prompt) {
        return prompt.label(CohortAxis.WORKFLOW)
                + "*"
                + prompt.label(CohortAxis.RESOLUTION_CLASS)
                + (prompt.edit().isPresent() ? "*edit" : "");
    }
}
