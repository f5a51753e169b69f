package dev.touchstone.generator.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.feature.Attribute;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EditPairSamplerTest {

    private static final int PAIRS = 400;

    @Test
    void outsideTheMaskNoPixelDiffers() {
        for (int index = 0; index < PAIRS; index++) {
            EditPair pair = EditPairSampler.sample(21, Split.GOLDEN, index);
            int width = 64;
            int height = index % 5 == 0 ? 80 : 64;
            BufferedImage before = pair.renderBefore(width, height);
            BufferedImage after = pair.renderAfter(width, height);
            BufferedImage mask = pair.mask(width, height);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (mask.getRaster().getSample(x, y, 0) == 0) {
                        assertThat(after.getRGB(x, y))
                                .as("%s at %d, %d: %s", pair.id(), x, y, pair)
                                .isEqualTo(before.getRGB(x, y));
                    }
                }
            }
        }
    }

    @Test
    void theMaskHidesSomethingAndLeavesSomething() {
        for (int index = 0; index < PAIRS; index++) {
            EditPair pair = EditPairSampler.sample(21, Split.GOLDEN, index);
            int[] samples = pair.mask(64, 64).getRaster().getSamples(0, 0, 64, 64, 0, (int[]) null);
            long white = Arrays.stream(samples).filter(sample -> sample == 255).count();
            assertThat(white).as(pair.toString()).isBetween(8L, 64L * 64 - 8);
            assertThat(samples).containsOnly(0, 255);
        }
    }

    @Test
    void editsOfAPictureChangeThePicture() {
        Map<EditKind, Integer> changed = new EnumMap<>(EditKind.class);
        for (int index = 0; index < PAIRS; index++) {
            EditPair pair = EditPairSampler.sample(21, Split.GOLDEN, index);
            int[] before = pair.renderBefore(64, 64).getRGB(0, 0, 64, 64, null, 0, 64);
            int[] after = pair.renderAfter(64, 64).getRGB(0, 0, 64, 64, null, 0, 64);
            boolean same = Arrays.equals(before, after);
            assertThat(same).as(pair.toString()).isEqualTo(pair.before().equals(pair.after()));
            changed.merge(pair.kind(), same ? 0 : 1, Integer::sum);
        }
        assertThat(changed.get(EditKind.INPAINT)).isBetween(PAIRS / 16, PAIRS / 4);
    }

    @Test
    void bothScenesBelongToTheWorldAndTrainingKeepsClearOfHeldOutCombinations() {
        for (Split split : EnumSet.allOf(Split.class)) {
            for (int index = 0; index < 4 * PAIRS; index++) {
                EditPair pair = EditPairSampler.sample(22, split, index);
                assertThat(SceneGrammar.problems(pair.before()))
                        .as(pair.toString())
                        .isEmpty();
                assertThat(SceneGrammar.problems(pair.after()))
                        .as(pair.toString())
                        .isEmpty();
                assertThat(pair.before().subject()).isNotEqualTo(SceneGrammar.NOTHING);
                if (split == Split.TRAINING) {
                    assertThat(HeldOut.contains(pair.before()) || HeldOut.contains(pair.after()))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void theInstructionSaysWhatTheTargetHas() {
        for (int index = 0; index < PAIRS; index++) {
            EditPair pair = EditPairSampler.sample(23, Split.PROMPT, index);
            Set<Attribute> changes = switch (pair.kind()) {
                case BACKGROUND -> Set.of(Attribute.GROUND, Attribute.BACKGROUND);
                case RECOLOUR -> Set.of(Attribute.COLOUR);
                case REMOVE -> Set.of();
                case INPAINT -> EnumSet.of(Attribute.GLASSES, Attribute.LABEL);
            };
            Map<Attribute, String> said = new EnumMap<>(Attribute.class);
            said.putAll(Caption.parse(pair.instruction()));
            said.keySet().retainAll(changes);
            if (pair.kind() == EditKind.BACKGROUND || pair.kind() == EditKind.RECOLOUR) {
                assertThat(said.keySet()).as(pair.instruction()).isEqualTo(changes);
            }
            assertThat(pair.after().values().entrySet()).as(pair.toString()).containsAll(said.entrySet());
        }
    }
}
