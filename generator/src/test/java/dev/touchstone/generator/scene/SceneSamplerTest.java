package dev.touchstone.generator.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.feature.Attribute;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SceneSamplerTest {

    private static final int SCENES = 2_400;

    @Test
    void everySampledSceneFollowsTheGrammar() {
        for (Split split : Split.values()) {
            for (Workflow workflow : Workflow.values()) {
                for (int index = 0; index < SCENES; index++) {
                    Scene scene = SceneSampler.sample(3, split, workflow, index);
                    assertThat(SceneGrammar.problems(scene))
                            .as("%s %s %d", split, workflow, index)
                            .isEmpty();
                    assertThat(scene.workflow()).isEqualTo(workflow);
                }
            }
        }
    }

    @Test
    void trainingNeverShowsAHeldOutCombinationAndTheOtherSplitsShowATenth() {
        Map<Split, Integer> held = new TreeMap<>();
        for (Split split : Split.values()) {
            held.put(split, 0);
            for (Workflow workflow : Workflow.values()) {
                for (int index = 0; index < SCENES; index++) {
                    if (HeldOut.contains(SceneSampler.sample(3, split, workflow, index))) {
                        held.merge(split, 1, Integer::sum);
                    }
                }
            }
        }
        int all = SCENES * Workflow.values().length;
        assertThat(held.get(Split.TRAINING)).isZero();
        assertThat(held.get(Split.GOLDEN)).isBetween(all / 20, all / 6);
        assertThat(held.get(Split.PROMPT)).isBetween(all / 20, all / 6);
    }

    @Test
    void everySubjectComesOncePerRound() {
        for (Workflow workflow : Workflow.values()) {
            int subjects = SceneGrammar.subjects(workflow).size();
            for (int round = 0; round < 20; round++) {
                Set<String> seen = new HashSet<>();
                for (int index = 0; index < subjects; index++) {
                    seen.add(SceneSampler.sample(5, Split.GOLDEN, workflow, (long) round * subjects + index)
                            .subject());
                }
                assertThat(seen).containsExactlyInAnyOrderElementsOf(SceneGrammar.subjects(workflow));
            }
        }
    }

    @Test
    void everyValueOfEveryAttributeOccursInTraining() {
        Map<Attribute, Set<String>> seen = new TreeMap<>();
        for (Workflow workflow : Workflow.values()) {
            for (int index = 0; index < SCENES; index++) {
                SceneSampler.sample(3, Split.TRAINING, workflow, index)
                        .values()
                        .forEach((attribute, value) -> seen.computeIfAbsent(attribute, key -> new HashSet<>())
                                .add(value));
            }
        }
        for (Attribute attribute : Attribute.values()) {
            assertThat(seen.get(attribute)).as(attribute.id()).containsExactlyInAnyOrderElementsOf(attribute.choices());
        }
    }

    @Test
    void aSceneIsTheSameWheneverItIsDrawnAndOtherSplitsAndSeedsGiveOthers() {
        for (long index : new long[] {0, 17, 123_456_789_012L}) {
            Scene scene = SceneSampler.sample(3, Split.GOLDEN, Workflow.FAILURE_PROBES, index);
            assertThat(SceneSampler.sample(3, Split.GOLDEN, Workflow.FAILURE_PROBES, index))
                    .isEqualTo(scene);
            assertThat(SceneSampler.sample(4, Split.GOLDEN, Workflow.FAILURE_PROBES, index)
                            .variation())
                    .isNotEqualTo(scene.variation());
            assertThat(SceneSampler.sample(3, Split.TRAINING, Workflow.FAILURE_PROBES, index)
                            .variation())
                    .isNotEqualTo(scene.variation());
        }
        assertThatThrownBy(() -> SceneSampler.sample(3, Split.GOLDEN, Workflow.FAILURE_PROBES, -1))
                .hasMessage("scene index: expected 0 or more, found -1");
    }

    @Test
    void aSceneOutsideTheWorldIsToldWhy() {
        Scene scene = SceneSampler.sample(3, Split.GOLDEN, Workflow.MARKETING_ASSETS, 0)
                .with(Attribute.COLOUR, "white")
                .with(Attribute.GROUND, "cream")
                .with(Attribute.STYLE, "pixel");
        assertThat(SceneGrammar.problems(scene))
                .containsExactly(
                        "style: expected one of [shaded, flat], found pixel",
                        "ground: expected one that the subject stands out from, found cream");
    }
}
