package dev.touchstone.generator.scene;

import static dev.touchstone.metrics.feature.Attribute.BACKGROUND;
import static dev.touchstone.metrics.feature.Attribute.COLOUR;
import static dev.touchstone.metrics.feature.Attribute.COUNT;
import static dev.touchstone.metrics.feature.Attribute.EXPRESSION;
import static dev.touchstone.metrics.feature.Attribute.GLASSES;
import static dev.touchstone.metrics.feature.Attribute.GROUND;
import static dev.touchstone.metrics.feature.Attribute.HAIR;
import static dev.touchstone.metrics.feature.Attribute.HAIR_COLOUR;
import static dev.touchstone.metrics.feature.Attribute.LABEL;
import static dev.touchstone.metrics.feature.Attribute.LIGHT;
import static dev.touchstone.metrics.feature.Attribute.PLACE;
import static dev.touchstone.metrics.feature.Attribute.POSE;
import static dev.touchstone.metrics.feature.Attribute.SIZE;
import static dev.touchstone.metrics.feature.Attribute.SKIN;
import static dev.touchstone.metrics.feature.Attribute.STYLE;
import static dev.touchstone.metrics.feature.Attribute.SUBJECT;
import static dev.touchstone.metrics.feature.Attribute.WORD;

import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which scenes exist: the subjects of each workflow, the attributes of each subject, and the values they may take. */
public final class SceneGrammar {

    /** The subject of a picture that shows its background only, the target of a removal. */
    public static final String NOTHING = "nothing";

    private static final List<String> SHADED_OR_FLAT = List.of("shaded", "flat");

    /** Colours too close to a ground for the subject to stand out. */
    private static final Set<String> CLASHES = Set.of(
            "white/cream",
            "yellow/cream",
            "pink/rose",
            "pink/lilac",
            "purple/lilac",
            "teal/mint",
            "blue/sky",
            "brown/sand",
            "orange/sand",
            "black/navy",
            "blue/navy",
            "purple/navy");

    /** Skins too close to a ground, for subjects that are mostly skin. */
    private static final Set<String> SKIN_CLASHES =
            Set.of("light/cream", "light/rose", "light/sand", "tan/sand", "dark/navy");

    private SceneGrammar() {}

    /** The subjects that a workflow shows, in a fixed order; {@link #NOTHING}, which only edits lead to, is not listed. */
    public static List<String> subjects(Workflow workflow) {
        return switch (workflow) {
            case PORTRAIT_REALISM -> List.of("face");
            case STYLISED_ART -> List.of("face", "house", "tree", "star", "cat", "fish", "flower", "boat");
            case MARKETING_ASSETS -> List.of("bottle", "jar", "box", "mug");
            case EDIT_WORKFLOWS -> List.of("face", "house", "tree", "cat", "flower", "bottle", "mug", "box");
            case FAILURE_PROBES -> List.of("balls", "hand", "faces", "mirror-ball", "pile", "word");
        };
    }

    /**
     * Every attribute that some scene of this workflow and subject has. Two depend on another's value: a bald head has
     * no hair colour, and things other than products show their lit side only when shaded.
     *
     * @throws IllegalArgumentException if no workflow has the subject
     */
    public static SortedSet<Attribute> attributesOf(Workflow workflow, String subject) {
        SortedSet<Attribute> attributes = new TreeSet<>(attributesOf(subject));
        if (!choices(workflow, subject, STYLE).contains("shaded") && !isProduct(subject)) {
            attributes.remove(LIGHT);
        }
        return Collections.unmodifiableSortedSet(attributes);
    }

    /** Every attribute that the subject has in some workflow. */
    static Set<Attribute> attributesOf(String subject) {
        if (subject.equals(NOTHING)) {
            return EnumSet.of(SUBJECT, BACKGROUND, GROUND, STYLE);
        }
        Set<Attribute> attributes = EnumSet.of(SUBJECT, BACKGROUND, GROUND, PLACE, SIZE, STYLE);
        switch (subject) {
            case "face" ->
                attributes.addAll(EnumSet.of(COLOUR, LIGHT, SKIN, HAIR, HAIR_COLOUR, EXPRESSION, GLASSES, POSE));
            case "house", "tree", "star", "cat", "fish", "flower", "boat" ->
                attributes.addAll(EnumSet.of(COLOUR, LIGHT));
            case "bottle", "jar", "box", "mug" -> attributes.addAll(EnumSet.of(COLOUR, LABEL, LIGHT));
            case "balls" -> attributes.addAll(EnumSet.of(COUNT, COLOUR));
            case "pile" -> attributes.add(COLOUR);
            case "hand" -> attributes.addAll(EnumSet.of(COUNT, SKIN, POSE));
            case "faces" -> attributes.add(COUNT);
            case "word" -> attributes.addAll(EnumSet.of(WORD, COLOUR));
            case "mirror-ball" -> {}
            default ->
                throw new IllegalArgumentException(
                        "subject: expected one of " + SUBJECT.choices() + ", found " + subject);
        }
        return attributes;
    }

    /** The values that an attribute may take on this subject in this workflow. */
    public static List<String> choices(Workflow workflow, String subject, Attribute attribute) {
        return switch (attribute) {
            case STYLE ->
                switch (workflow) {
                    case PORTRAIT_REALISM -> List.of("shaded");
                    case STYLISED_ART -> List.of("flat", "outline", "low-poly", "pixel", "painterly");
                    case MARKETING_ASSETS, EDIT_WORKFLOWS, FAILURE_PROBES -> SHADED_OR_FLAT;
                };
            case COUNT ->
                switch (subject) {
                    case "hand" -> COUNT.choices().subList(0, 5);
                    case "faces" -> COUNT.choices().subList(1, 5);
                    default -> COUNT.choices();
                };
            default -> attribute.choices();
        };
    }

    /** What is wrong with a scene, empty if it belongs to the world. */
    public static List<String> problems(Scene scene) {
        List<String> problems = new ArrayList<>();
        String subject = scene.subject();
        boolean removed = subject.equals(NOTHING) && scene.workflow() == Workflow.EDIT_WORKFLOWS;
        if (!removed && !subjects(scene.workflow()).contains(subject)) {
            problems.add("subject: expected one of " + subjects(scene.workflow()) + " in "
                    + scene.workflow().id() + ", found " + subject);
        }
        SortedSet<Attribute> expected = new TreeSet<>(attributesOf(scene.workflow(), subject));
        expected.removeIf(attribute -> !applies(attribute, scene.values()));
        if (!expected.equals(scene.values().keySet())) {
            problems.add("attributes: expected " + expected + ", found "
                    + scene.values().keySet());
        }
        for (Map.Entry<Attribute, String> entry : scene.values().entrySet()) {
            List<String> choices = choices(scene.workflow(), subject, entry.getKey());
            if (entry.getKey() != SUBJECT && !choices.contains(entry.getValue())) {
                problems.add(entry.getKey().id() + ": expected one of " + choices + ", found " + entry.getValue());
            }
        }
        if (clashes(scene.values())) {
            problems.add("ground: expected one that the subject stands out from, found "
                    + scene.values().get(GROUND));
        }
        return problems;
    }

    /** Whether an attribute of the subject makes sense beside the other values. */
    static boolean applies(Attribute attribute, SortedMap<Attribute, String> values) {
        return switch (attribute) {
            case HAIR_COLOUR -> !"bald".equals(values.get(HAIR));
            case LIGHT -> "shaded".equals(values.get(STYLE)) || isProduct(values.get(SUBJECT));
            default -> true;
        };
    }

    /** Whether the subject would be lost on its ground. */
    static boolean clashes(SortedMap<Attribute, String> values) {
        String ground = "/" + values.get(GROUND);
        return CLASHES.contains(values.get(COLOUR) + ground)
                || SKIN_CLASHES.contains(values.get(SKIN) + ground)
                || ("grey".equals(values.get(HAIR_COLOUR)) && ground.equals("/grey"));
    }

    private static boolean isProduct(String subject) {
        return switch (subject) {
            case "bottle", "jar", "box", "mug" -> true;
            default -> false;
        };
    }
}
