package dev.touchstone.generator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.run.PlannedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunOrderTest {

    private static final List<String> WORKFLOWS = List.of("a", "b", "c", "d", "e");

    @Test
    void everyRequestComesOnceAndTheSameSeedGivesTheSameOrder() {
        List<PlannedRequest> requests = requests(24);

        List<Integer> order = RunOrder.balanced(requests, 7, 1);

        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, requests.size()).boxed().toList());
        assertThat(RunOrder.balanced(requests, 7, 1)).isEqualTo(order);
        assertThat(RunOrder.balanced(requests, 8, 1)).isNotEqualTo(order);
        assertThat(RunOrder.balanced(requests, 7, 2))
                .as("a repeat has an order of its own")
                .isNotEqualTo(order);
    }

    /** Stratum by stratum a prefix of share t holds between floor(t m) and ceil(t m) of m requests. */
    @Test
    void everyWorkflowIsSpreadOverTheWholeRun() {
        List<PlannedRequest> requests = requests(24);
        for (long seed = 0; seed < 50; seed++) {
            List<Integer> order = RunOrder.balanced(requests, seed, 1);
            for (String workflow : WORKFLOWS) {
                int seen = 0;
                for (int at = 0; at < order.size(); at++) {
                    seen += requests.get(order.get(at))
                                    .prompt()
                                    .label(CohortAxis.WORKFLOW)
                                    .equals(workflow)
                            ? 1
                            : 0;
                    double expected = 24.0 * (at + 1) / order.size();
                    // Own stratum within 1; the place of the prefix's end itself moves by the other four strata, one
                    // each.
                    assertThat(seen)
                            .as("seed %d, %s after %d", seed, workflow, at + 1)
                            .isBetween((int) Math.floor(expected) - 2, (int) Math.ceil(expected) + 2);
                }
            }
        }
    }

    private static List<PlannedRequest> requests(int each) {
        List<PlannedRequest> requests = new ArrayList<>();
        for (String workflow : WORKFLOWS) {
            for (int i = 0; i < each; i++) {
                Prompt prompt = new Prompt(
                        new PromptId(workflow + "-" + i),
                        "a boat",
                        "",
                        new TreeMap<>(Map.of(
                                CohortAxis.WORKFLOW, workflow,
                                CohortAxis.STYLE_FAMILY, "flat",
                                CohortAxis.RESOLUTION_CLASS, "square-64",
                                CohortAxis.USER_TYPE, "creator")),
                        Prompt.Rotation.STABLE,
                        new TreeMap<>(),
                        Optional.empty());
                requests.add(new PlannedRequest(prompt, "p/1", 64, 64, 1, 7, SamplingSettings.NONE, Optional.empty()));
            }
        }
        return requests;
    }
}
