package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.SceneGrammar;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShippedPacksTest {

    private static final Path PACKS =
            Path.of(System.getProperty("touchstone.home")).resolve("prompt-packs");

    private static PromptPack pack(Workflow workflow) {
        return PromptPackReader.read(PACKS, workflow.id(), 1);
    }

    private static Map<String, Long> count(PromptPack pack, Function<Prompt, String> key) {
        return pack.prompts().stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    @Test
    void everyWorkflowHasAPackOfSixteenStableAndEightRotatingPrompts() {
        List<PromptPack> packs = new ArrayList<>();
        for (Workflow workflow : Workflow.values()) {
            PromptPack pack = pack(workflow);
            packs.add(pack);
            assertThat(pack.prompts()).as(pack.id()).hasSize(24);
            assertThat(count(pack, prompt -> prompt.rotation().name()))
                    .as(pack.id())
                    .isEqualTo(Map.of(Rotation.STABLE.name(), 16L, Rotation.ROTATING.name(), 8L));
            assertThat(count(pack, prompt -> prompt.label(CohortAxis.WORKFLOW))).containsOnlyKeys(workflow.id());
            assertThat(pack.prompts().get(0).id()).hasToString(workflow.id() + "-001");
        }
        PromptPackReader.requireUniqueIds(packs);
    }

    @Test
    void whatAPromptAsksForIsWhatItsTextSays() {
        for (Workflow workflow : Workflow.values()) {
            for (Prompt prompt : pack(workflow).prompts()) {
                assertThat(prompt.asks()).as(prompt.text()).isEqualTo(Caption.parse(prompt.text()));
                assertThat(prompt.asks()).as(prompt.text()).hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void promptsUseOnlyWordsThatTheBuiltInModelKnows() {
        for (Workflow workflow : Workflow.values()) {
            for (Prompt prompt : pack(workflow).prompts()) {
                List<String> words = Caption.words(prompt.text());
                assertThat(Caption.vocabulary()).as(prompt.text()).containsAll(words);
                assertThat(words).as(prompt.text()).hasSizeLessThanOrEqualTo(Caption.MAXIMUM_WORDS);
            }
        }
    }

    @Test
    void everyUserTypeAsksForEveryWorkflowEquallyOften() {
        for (Workflow workflow : Workflow.values()) {
            assertThat(count(pack(workflow), prompt -> prompt.label(CohortAxis.USER_TYPE)))
                    .as(workflow.id())
                    .isEqualTo(Map.of("creator", 6L, "marketer", 6L, "agency", 6L, "developer", 6L));
        }
    }

    @Test
    void everySubjectAndStyleOfAWorkflowIsAskedFor() {
        for (Workflow workflow : Workflow.values()) {
            PromptPack pack = pack(workflow);
            assertThat(count(pack, prompt -> prompt.asks().get(Attribute.SUBJECT)))
                    .as(workflow.id())
                    .containsKeys(SceneGrammar.subjects(workflow).toArray(String[]::new));
            assertThat(count(pack, prompt -> prompt.label(CohortAxis.STYLE_FAMILY)))
                    .as(workflow.id())
                    .containsOnlyKeys(SceneGrammar.choices(
                            workflow, SceneGrammar.subjects(workflow).get(0), Attribute.STYLE));
        }
    }

    @Test
    void sizesAndCountsAreCovered() {
        assertThat(count(pack(Workflow.MARKETING_ASSETS), prompt -> prompt.label(CohortAxis.RESOLUTION_CLASS)))
                .isEqualTo(Map.of("square-64", 15L, "square-96", 3L, "social-64x80", 6L));
        assertThat(pack(Workflow.FAILURE_PROBES).prompts().stream()
                        .map(prompt -> prompt.asks().get(Attribute.COUNT))
                        .distinct())
                .contains("one", "two", "three", "four", "five", "six");
    }

    @Test
    void onlyEditsStartFromAPicture() {
        for (Workflow workflow : Workflow.values()) {
            assertThat(pack(workflow).prompts())
                    .allMatch(prompt -> prompt.edit().isPresent() == (workflow == Workflow.EDIT_WORKFLOWS));
        }
        assertThat(count(
                        pack(Workflow.EDIT_WORKFLOWS),
                        prompt -> prompt.edit().orElseThrow().pair()))
                .hasSize(24);
    }
}
