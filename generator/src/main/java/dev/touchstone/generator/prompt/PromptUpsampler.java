package dev.touchstone.generator.prompt;

import dev.touchstone.generator.scene.Caption;
import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.scene.Phrasing;
import dev.touchstone.generator.scene.Scene;
import dev.touchstone.generator.scene.SceneSampler;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes a short prompt out in the words of the built-in world: what it asks for stays, what it leaves open is drawn from the seed and
 * the prompt's id. Never loses a word of the user: a prompt that the grammar does not read as a whole is left as it is.
 */
public final class PromptUpsampler {

    /** Name and version of the rule; with it, a prompt and a seed give the same text everywhere. */
    public static final String NAME = "grammar-1";

    private PromptUpsampler() {}

    /**
     * What became of a prompt.
     *
     * @param text what the model is given
     */
    public record Expansion(Outcome outcome, String text) {}

    /** Whether a prompt was written out, or why not. */
    public enum Outcome {
        EXPANDED("expanded"),
        /** It leaves nothing open. */
        FULL("full"),
        /** It is an edit: what it leaves open is in the picture that it edits. */
        EDIT("edit"),
        /** It has words or wishes that the grammar does not know. */
        UNREAD("unread");

        private final String id;

        Outcome(String id) {
            this.id = id;
        }

        /** The name in records. */
        public String id() {
            return id;
        }
    }

    /** Writes a prompt out; the look is that of its workflow, where that is one of the built-in ones. */
    public static Expansion expand(Prompt prompt, long seed) {
        if (prompt.edit().isPresent()) {
            return new Expansion(Outcome.EDIT, prompt.text());
        }
        Optional<SortedMap<Attribute, String>> asked = Caption.understood(prompt.text());
        Optional<Scene> scene =
                asked.flatMap(known -> complete(known, prompt.label(CohortAxis.WORKFLOW), seed, prompt.id()));
        if (scene.isEmpty()) {
            return new Expansion(Outcome.UNREAD, prompt.text());
        }
        if (scene.get().values().equals(asked.get())) {
            return new Expansion(Outcome.FULL, prompt.text());
        }
        return new Expansion(Outcome.EXPANDED, Caption.of(scene.get(), Phrasing.full()));
    }

    private static Optional<Scene> complete(
            SortedMap<Attribute, String> asked, String workflow, long seed, PromptId id) {
        List<Workflow> ownFirst = Arrays.stream(Workflow.values())
                .sorted(Comparator.comparing(each -> !each.id().equals(workflow)))
                .toList();
        return ownFirst.stream()
                .flatMap(each ->
                        SceneSampler.complete(asked, each, new CounterRandom(seed, "upsampling/" + id, 0)).stream())
                .findFirst();
    }
}
