package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.prompt.PromptUpsampler.Expansion;
import dev.touchstone.generator.prompt.PromptUpsampler.Outcome;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneGrammar;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptUpsamplerTest {

    @ParameterizedTest
    @EnumSource(Workflow.class)
    void whatIsAskedStaysAndTheRestIsWrittenOut(Workflow workflow) {
        for (int i = 0; i < 300; i++) {
            Scene scene = SceneSampler.sample(5, Split.PROMPT, workflow, i);
            Phrasing phrasing = Phrasing.sampled(new CounterRandom(5, "test", i));
            Prompt prompt = prompt("p-" + i, Caption.of(scene, phrasing), workflow);

            Expansion expansion = PromptUpsampler.expand(prompt, 7);

            assertThat(expansion.outcome()).as(prompt.text()).isIn(Outcome.EXPANDED, Outcome.FULL);
            SortedMap<Attribute, String> shown = Caption.parse(expansion.text());
            assertThat(shown.entrySet())
                    .as("%s -> %s", prompt.text(), expansion.text())
                    .containsAll(Caption.asks(scene, phrasing).entrySet());
            if (expansion.outcome() == Outcome.EXPANDED) {
                assertThat(SceneGrammar.problems(new Scene(workflow, shown, 0)))
                        .as(expansion.text())
                        .isEmpty();
                assertThat(Caption.words(expansion.text())).hasSizeLessThanOrEqualTo(Caption.MAXIMUM_WORDS);
            }
        }
    }

    @Test
    void theTextFollowsFromSeedAndIdAlone() {
        Prompt cat = prompt("cat-1", "a red cat", Workflow.STYLISED_ART);

        assertThat(PromptUpsampler.expand(cat, 1)).isEqualTo(PromptUpsampler.expand(cat, 1));
        assertThat(IntStream.range(0, 20)
                        .mapToObj(seed -> PromptUpsampler.expand(cat, seed).text())
                        .distinct())
                .hasSizeGreaterThan(15)
                .allSatisfy(text -> assertThat(Caption.parse(text)).containsEntry(Attribute.COLOUR, "red"));
        assertThat(PromptUpsampler.expand(prompt("cat-2", "a red cat", Workflow.STYLISED_ART), 1)
                        .text())
                .isNotEqualTo(PromptUpsampler.expand(cat, 1).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a red cat in a wizard hat", // words the grammar has not
                "a red cat and a blue boat", // two subjects
                "a red blue cat", // two colours
                "a cat with sunglasses", // what a cat never has
                "a bald man with red hair",
                "a white bottle on a cream background", // a product that would be lost on its ground
                "some red on navy", // no subject
                "3 red balls",
                "ein roter Käfer"
            })
    void aPromptThatIsNotReadAsAWholeIsLeftAsItIs(String text) {
        Expansion expansion = PromptUpsampler.expand(prompt("p", text, Workflow.STYLISED_ART), 1);

        assertThat(expansion).isEqualTo(new Expansion(Outcome.UNREAD, text));
    }

    @Test
    void anEditIsLeftAsItIs() {
        Prompt plain = prompt("e", "a red mug", Workflow.EDIT_WORKFLOWS);
        Prompt edit = new Prompt(
                plain.id(),
                plain.text(),
                "",
                plain.labels(),
                plain.rotation(),
                plain.asks(),
                Optional.of(new EditSpec(EditSpec.EditMode.RECOLOR, "edit-0001", "make the mug red")));

        assertThat(PromptUpsampler.expand(edit, 1)).isEqualTo(new Expansion(Outcome.EDIT, "a red mug"));
    }

    private static Prompt prompt(String id, String text, Workflow workflow) {
        return new Prompt(
                new PromptId(id),
                text,
                "",
                new TreeMap<>(Map.of(
                        CohortAxis.WORKFLOW, workflow.id(),
                        CohortAxis.STYLE_FAMILY, "flat",
                        CohortAxis.RESOLUTION_CLASS, "square-64",
                        CohortAxis.USER_TYPE, "creator")),
                Prompt.Rotation.STABLE,
                Caption.parse(text),
                Optional.empty());
    }
}
