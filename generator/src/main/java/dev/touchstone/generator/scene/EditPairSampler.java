package dev.touchstone.generator.scene;

import dev.touchstone.generator.scene.SceneRenderer.Region;
import dev.touchstone.metrics.feature.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws edits, the four kinds in turn; like scenes, each depends on nothing but its seed, split and index. */
public final class EditPairSampler {

    private static final EditKind[] KINDS = EditKind.values();

    /** Share of inpaintings that give the masked part another detail, where the subject has one. */
    private static final double CHANGED_SHARE = 0.67;

    private EditPairSampler() {}

    /**
     * The edit with this index.
     *
     * @throws IllegalArgumentException if the index is negative
     */
    public static EditPair sample(long seed, Split split, long index) {
        CounterRandom random = new CounterRandom(seed, "edit/" + split.id(), index);
        EditKind kind = KINDS[(int) Math.floorMod(index, (long) KINDS.length)];
        String id = String.format(Locale.ROOT, "edit-%s-%05d", kind.id(), index);
        Scene before = before(seed, split, kind, index);
        return switch (kind) {
            case BACKGROUND -> background(id, split, before, random);
            case RECOLOUR -> recolour(id, split, before, random);
            case REMOVE -> remove(id, before);
            case INPAINT -> inpaint(id, before, random);
        };
    }

    /** Each kind counts its own scenes, so that the subjects of each are balanced. */
    private static Scene before(long seed, Split split, EditKind kind, long index) {
        long start = index / KINDS.length;
        long kindSeed = seed ^ CounterRandom.hash("edit/" + kind.id());
        Scene scene = SceneSampler.sample(kindSeed, split, Workflow.EDIT_WORKFLOWS, start);
        // An empty background, which training draws now and then, has nothing to edit: its place is taken by a scene of
        // the far end of the stream.
        long spare = Long.MAX_VALUE - start * 8;
        while (scene.subject().equals(SceneGrammar.NOTHING)) {
            scene = SceneSampler.sample(kindSeed, split, Workflow.EDIT_WORKFLOWS, spare--);
        }
        return scene;
    }

    private static EditPair background(String id, Split split, Scene before, CounterRandom random) {
        Scene after;
        do {
            after = before.with(Attribute.GROUND, random.pick(others(before, Attribute.GROUND)))
                    .with(Attribute.BACKGROUND, random.pick(Attribute.BACKGROUND.choices()));
        } while (!isAllowed(split, after));
        String instruction = "replace the background with " + wording(after);
        return new EditPair(id, EditKind.BACKGROUND, before, after, Region.BACKGROUND, instruction);
    }

    private static EditPair recolour(String id, Split split, Scene before, CounterRandom random) {
        Scene after;
        do {
            after = before.with(Attribute.COLOUR, random.pick(others(before, Attribute.COLOUR)));
        } while (!isAllowed(split, after));
        String thing = before.subject().equals("face") ? "shirt" : before.subject();
        String instruction = "make the " + thing + " " + after.values().get(Attribute.COLOUR);
        return new EditPair(id, EditKind.RECOLOUR, before, after, Region.SUBJECT, instruction);
    }

    private static EditPair remove(String id, Scene before) {
        SortedMap<Attribute, String> left = new TreeMap<>(before.values());
        left.keySet().retainAll(SceneGrammar.attributesOf(before.workflow(), SceneGrammar.NOTHING));
        left.put(Attribute.SUBJECT, SceneGrammar.NOTHING);
        Scene after = new Scene(before.workflow(), left, before.variation());
        String thing = before.subject().equals("face") ? "person" : before.subject();
        return new EditPair(id, EditKind.REMOVE, before, after, Region.SUBJECT, "remove the " + thing);
    }

    private static EditPair inpaint(String id, Scene before, CounterRandom random) {
        Attribute detail = before.subject().equals("face") ? Attribute.GLASSES : Attribute.LABEL;
        Scene after = before;
        String instruction = "restore the masked part";
        if (before.value(detail).isPresent() && random.chance(CHANGED_SHARE)) {
            after = before.with(detail, random.pick(others(before, detail)));
            instruction = instruction(detail, after.values().get(detail));
        }
        return new EditPair(id, EditKind.INPAINT, before, after, Region.DETAIL, instruction);
    }

    private static String instruction(Attribute detail, String value) {
        if (value.equals("none")) {
            return "remove the " + detail.id();
        }
        if (detail == Attribute.LABEL) {
            return "add a " + value + " label";
        }
        return value.equals("round") ? "add round glasses" : "add sunglasses";
    }

    private static String wording(Scene scene) {
        String ground = scene.values().get(Attribute.GROUND);
        return switch (scene.values().get(Attribute.BACKGROUND)) {
            case "gradient" -> "a " + ground + " gradient";
            case "horizon" -> "a " + ground + " horizon";
            case "stripes" -> ground + " stripes";
            case "dots" -> ground + " dots";
            default -> "plain " + ground;
        };
    }

    private static boolean isAllowed(Split split, Scene scene) {
        return !SceneGrammar.clashes(scene.values()) && !(split == Split.TRAINING && HeldOut.contains(scene));
    }

    private static List<String> others(Scene scene, Attribute attribute) {
        List<String> others = new ArrayList<>(attribute.choices());
        others.remove(scene.values().get(attribute));
        return others;
    }
}
