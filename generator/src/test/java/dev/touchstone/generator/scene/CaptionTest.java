package dev.touchstone.generator.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.feature.Attribute;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CaptionTest {

    private static final int SCENES = 4_000;

    @Test
    void parsingACaptionGivesExactlyWhatItsPhrasingMentioned() {
        for (Workflow workflow : Workflow.values()) {
            for (int index = 0; index < SCENES; index++) {
                Scene scene = SceneSampler.sample(7, Split.TRAINING, workflow, index);
                Phrasing phrasing = Phrasing.sampled(new CounterRandom(7, "test phrasing", index));
                String caption = Caption.of(scene, phrasing);
                assertThat(Caption.parse(caption))
                        .as("%s %d: %s", workflow, index, caption)
                        .isEqualTo(Caption.asks(scene, phrasing));
                assertThat(Caption.words(caption)).as(caption).hasSizeLessThanOrEqualTo(Caption.MAXIMUM_WORDS);
                assertThat(caption).isLowerCase();
            }
        }
    }

    @Test
    void theFullPhrasingSaysEveryAttribute() {
        for (Workflow workflow : Workflow.values()) {
            for (int index = 0; index < SCENES / 10; index++) {
                Scene scene = SceneSampler.sample(8, Split.GOLDEN, workflow, index);
                String caption = Caption.of(scene, Phrasing.full());
                assertThat(Caption.parse(caption)).as(caption).isEqualTo(scene.values());
                assertThat(Caption.words(caption)).as(caption).hasSizeLessThanOrEqualTo(Caption.MAXIMUM_WORDS);
            }
        }
    }

    @Test
    void captionsUseTheWholeVocabularyAndNothingElse() {
        SortedSet<String> used = new TreeSet<>();
        for (Workflow workflow : Workflow.values()) {
            for (int index = 0; index < SCENES; index++) {
                Scene scene = SceneSampler.sample(9, Split.TRAINING, workflow, index);
                Phrasing phrasing = Phrasing.sampled(new CounterRandom(9, "test phrasing", index));
                used.addAll(Caption.words(Caption.of(scene, phrasing)));
            }
        }
        assertThat(Caption.vocabulary()).isSorted().containsExactlyElementsOf(used);
    }

    @Test
    void wordsWithTwoMeaningsAreToldApartByTheirNeighbours() {
        assertThat(Caption.parse(
                        "a portrait of a light-skinned woman with red hair and a grey background, in a blue shirt"))
                .containsEntry(Attribute.SKIN, "light")
                .containsEntry(Attribute.HAIR_COLOUR, "red")
                .containsEntry(Attribute.GROUND, "grey")
                .containsEntry(Attribute.COLOUR, "blue")
                .doesNotContainKey(Attribute.LIGHT);
        assertThat(Caption.parse("a man with grey hair on the left, tilted to the right, lit from the left"))
                .containsEntry(Attribute.HAIR_COLOUR, "grey")
                .containsEntry(Attribute.PLACE, "left")
                .containsEntry(Attribute.POSE, "tilted-right")
                .containsEntry(Attribute.LIGHT, "left")
                .doesNotContainKey(Attribute.GROUND);
        assertThat(Caption.parse("a jar with a plain label on a striped sand background"))
                .containsEntry(Attribute.LABEL, "plain")
                .containsEntry(Attribute.BACKGROUND, "stripes");
        assertThat(Caption.parse("the red word open"))
                .isEqualTo(new TreeMap<>(
                        Map.of(Attribute.SUBJECT, "word", Attribute.COLOUR, "red", Attribute.WORD, "open")));
    }

    @Test
    void freeTextGivesWhatIsRecognisedAndNothingElse() {
        assertThat(Caption.parse("")).isEmpty();
        assertThat(Caption.parse("a futuristic motorbike, 8k, trending")).isEmpty();
        assertThat(Caption.parse("Two BIG red Cats, please!! on sky blue"))
                .isEqualTo(new TreeMap<>(Map.of(
                        Attribute.SUBJECT, "cat",
                        Attribute.SIZE, "large",
                        Attribute.COLOUR, "red",
                        Attribute.GROUND, "sky")));
        assertThat(Caption.parse("an empty box")).containsEntry(Attribute.SUBJECT, "box");
        assertThat(Caption.parse("a smiling woman without glasses in front of a white background"))
                .containsEntry(Attribute.GLASSES, "none")
                .doesNotContainKey(Attribute.COLOUR);
    }
}
