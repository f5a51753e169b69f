package dev.touchstone.eval.trial;

import dev.touchstone.eval.golden.GoldenBuilder;
import dev.touchstone.generator.backend.ImageRequest.EditInput;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.EditPair;
import dev.touchstone.generator.scene.EditPairSampler;
import dev.touchstone.generator.scene.HeldOut;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneRenderer;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Split;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * A prompt together with the scene that it describes, so that what a model draws can be held against a perfect drawing.
 *
 * @param id keys the noise
 * @param workflow the look it belongs to
 * @param text the caption
 * @param asks what the caption asks for
 * @param scene the expected picture
 * @param edit what to start from, where the workflow edits
 */
public record TrialPrompt(
        PromptId id,
        Workflow workflow,
        String text,
        SortedMap<Attribute, String> asks,
        Scene scene,
        Optional<EditPair> edit) {

    /** What makes a combination held out is always said: a prompt that leaves it open asks for nothing new. */
    private static final Set<Attribute> COMBINED =
            EnumSet.of(Attribute.COLOUR, Attribute.GROUND, Attribute.WORD, Attribute.COUNT);

    /** Which prompts. */
    public enum Kind {
        /** Combinations that training never shows. */
        HELD_OUT(HeldOut::contains),
        /** As the packs have them: all combinations in their natural share. */
        NATURAL(scene -> true);

        private final Predicate<Scene> wanted;

        Kind(Predicate<Scene> wanted) {
            this.wanted = wanted;
        }
    }

    /** Prompts of a workflow, the first of the seed's stream. */
    public static List<TrialPrompt> draw(Workflow workflow, Kind kind, int count, long seed) {
        List<TrialPrompt> prompts = new ArrayList<>();
        for (long index = 0; prompts.size() < count; index++) {
            Optional<EditPair> edit = workflow == Workflow.EDIT_WORKFLOWS
                    ? Optional.of(EditPairSampler.sample(seed, Split.PROMPT, index))
                    : Optional.empty();
            Scene scene =
                    edit.isPresent() ? edit.get().after() : SceneSampler.sample(seed, Split.PROMPT, workflow, index);
            if (kind.wanted.test(scene)) {
                prompts.add(of(workflow, seed, index, scene, edit));
            }
        }
        return prompts;
    }

    private static TrialPrompt of(Workflow workflow, long seed, long index, Scene scene, Optional<EditPair> edit) {
        Phrasing sampled = Phrasing.sampled(new CounterRandom(seed, "phrasing/trial/" + workflow.id(), index));
        Set<Attribute> mentioned = EnumSet.copyOf(COMBINED);
        mentioned.addAll(sampled.mentioned());
        Phrasing phrasing = new Phrasing(sampled.template(), mentioned, sampled.defaultsMentioned(), sampled.wording());
        return new TrialPrompt(
                new PromptId(String.format(Locale.ROOT, "trial-%s-%06d", workflow.id(), index)),
                workflow,
                Caption.of(scene, phrasing),
                Caption.asks(scene, phrasing),
                scene,
                edit);
    }

    /** The expected picture, drawn without a model. */
    RgbImage drawn(int side) {
        return RgbImage.of(SceneRenderer.render(scene, side, side));
    }

    Optional<EditInput> editInput(int side) {
        return edit.map(pair -> new EditInput(
                switch (pair.kind()) {
                    case BACKGROUND -> EditMode.BACKGROUND;
                    case RECOLOUR -> EditMode.RECOLOR;
                    case REMOVE, INPAINT -> EditMode.INPAINT;
                },
                GoldenBuilder.editInput(pair, side, side),
                RgbImage.of(pair.mask(side, side)),
                1.0));
    }
}
