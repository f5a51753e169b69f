package dev.touchstone.eval.compare;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The prompts of a run, numbered by rising id, with their label on every axis. Immutable. */
public final class PromptSet {

    private final String[] ids;
    private final Map<CohortAxis, String[]> labels;

    private PromptSet(String[] ids, Map<CohortAxis, String[]> labels) {
        this.ids = ids;
        this.labels = labels;
    }

    /** @param labelsById the label of every prompt on every axis, by prompt id */
    public static PromptSet of(SortedMap<String, ? extends Map<CohortAxis, String>> labelsById) {
        String[] ids = labelsById.keySet().toArray(String[]::new);
        Map<CohortAxis, String[]> labels = new EnumMap<>(CohortAxis.class);
        for (CohortAxis axis : CohortAxis.values()) {
            String[] column = new String[ids.length];
            Arrays.setAll(
                    column, i -> labelsById.get(ids[i]).getOrDefault(axis, "").intern());
            labels.put(axis, column);
        }
        return new PromptSet(ids, labels);
    }

    /** How many prompts there are. */
    public int size() {
        return ids.length;
    }

    /** Id of a prompt. */
    public String id(int prompt) {
        return ids[prompt];
    }

    /** Number of the prompt with an id; negative if there is none. */
    public int number(String id) {
        return Arrays.binarySearch(ids, id);
    }

    /** A prompt's label on an axis. */
    public String label(int prompt, CohortAxis axis) {
        return labels.get(axis)[prompt];
    }

    /** Whether a prompt belongs to a cohort. */
    public boolean isIn(int prompt, CohortKey cohort) {
        for (Map.Entry<CohortAxis, String> wanted : cohort.labels().entrySet()) {
            if (!labels.get(wanted.getKey())[prompt].equals(wanted.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Numbers of the prompts of a cohort, rising. */
    public int[] of(CohortKey cohort) {
        return IntStream.range(0, ids.length).filter(i -> isIn(i, cohort)).toArray();
    }

    /** The cohorts that exist on some axes taken together, by label. */
    public List<CohortKey> cohorts(List<CohortAxis> axes) {
        TreeSet<CohortKey> keys = new TreeSet<>(Comparator.comparing(CohortKey::label));
        for (int i = 0; i < ids.length; i++) {
            SortedMap<CohortAxis, String> own = new TreeMap<>();
            for (CohortAxis axis : axes) {
                own.put(axis, label(i, axis));
            }
            keys.add(new CohortKey(own));
        }
        return new ArrayList<>(keys);
    }
}
