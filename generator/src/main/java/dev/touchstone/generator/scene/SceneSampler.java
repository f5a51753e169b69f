package dev.touchstone.generator.scene;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws scenes. Any scene can be drawn alone: it depends on nothing but its seed, split, workflow and index. Subjects
 * are exactly balanced over consecutive indices, every other attribute is uniform over what the grammar allows, but for
 * the backgrounds of marketing assets, which are mostly quiet.
 */
public final class SceneSampler {

    /** Share of empty backgrounds among the training scenes of edit workflows. */
    private static final double EMPTY_SHARE = 0.04;

    private static final List<String> QUIET = List.of("plain", "gradient", "horizon");

    /** Share of marketing assets on a quiet background. */
    private static final double QUIET_SHARE = 0.85;

    /** Draws after which what is asked counts as impossible; a single draw clashes rarely. */
    private static final int DRAWS = 100;

    private SceneSampler() {}

    /**
     * The scene with this index. Held-out combinations never occur in training and keep their natural share elsewhere.
     *
     * @throws IllegalArgumentException if the index is negative
     */
    public static Scene sample(long seed, Split split, Workflow workflow, long index) {
        if (index < 0) {
            throw new IllegalArgumentException("scene index: expected 0 or more, found " + index);
        }
        String purpose = "scene/" + split.id() + "/" + workflow.id();
        CounterRandom random = new CounterRandom(seed, purpose, index);
        boolean empty = split == Split.TRAINING && workflow == Workflow.EDIT_WORKFLOWS && random.chance(EMPTY_SHARE);
        String subject = empty ? SceneGrammar.NOTHING : subject(seed, purpose, workflow, index);
        while (true) {
            Scene scene = draw(workflow, new TreeMap<>(Map.of(Attribute.SUBJECT, subject)), random);
            if (!SceneGrammar.clashes(scene.values()) && !(split == Split.TRAINING && HeldOut.contains(scene))) {
                return scene;
            }
        }
    }

    /** Deals the subjects in shuffled rounds, so that each occurs once per round. */
    private static String subject(long seed, String purpose, Workflow workflow, long index) {
        List<String> deck = new ArrayList<>(SceneGrammar.subjects(workflow));
        CounterRandom random = new CounterRandom(seed, purpose + "/round", index / deck.size());
        for (int last = deck.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            String moved = deck.get(other);
            deck.set(other, deck.get(last));
            deck.set(last, moved);
        }
        return deck.get((int) (index % deck.size()));
    }

    /**
     * A scene that shows what is asked and draws the rest.
     *
     * @param asked what the scene must show; empty is answered if the workflow has no such scene
     */
    public static Optional<Scene> complete(
            SortedMap<Attribute, String> asked, Workflow workflow, CounterRandom random) {
        String subject = asked.get(Attribute.SUBJECT);
        if (subject == null || !SceneGrammar.subjects(workflow).contains(subject)) {
            return Optional.empty();
        }
        for (int draw = 0; draw < DRAWS; draw++) {
            Scene scene = draw(workflow, asked, random);
            boolean shown = scene.values().entrySet().containsAll(asked.entrySet());
            if (shown && SceneGrammar.problems(scene).isEmpty()) {
                return Optional.of(scene);
            }
        }
        return Optional.empty();
    }

    private static Scene draw(Workflow workflow, SortedMap<Attribute, String> asked, CounterRandom random) {
        String subject = asked.get(Attribute.SUBJECT);
        SortedMap<Attribute, String> values = new TreeMap<>();
        values.put(Attribute.SUBJECT, subject);
        for (Attribute attribute : SceneGrammar.attributesOf(workflow, subject)) {
            // STYLE and HAIR come before what depends on them, LIGHT and HAIR_COLOUR, in attribute order.
            if (attribute != Attribute.SUBJECT && SceneGrammar.applies(attribute, values)) {
                values.put(
                        attribute,
                        asked.containsKey(attribute)
                                ? asked.get(attribute)
                                : random.pick(choices(workflow, subject, attribute, random)));
            }
        }
        return new Scene(workflow, values, random.nextLong());
    }

    private static List<String> choices(Workflow workflow, String subject, Attribute attribute, CounterRandom random) {
        boolean quiet = workflow == Workflow.MARKETING_ASSETS
                && attribute == Attribute.BACKGROUND
                && random.chance(QUIET_SHARE);
        return quiet ? QUIET : SceneGrammar.choices(workflow, subject, attribute);
    }
}
