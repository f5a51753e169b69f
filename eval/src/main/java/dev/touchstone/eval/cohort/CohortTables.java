package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The requests and images of a run, or of a cohort of it, as two tables that share the prompt and the axes.
 *
 * @param requests a row per request: {@link #PROMPT}, the axes, times in seconds, and prompt-wise scores by metric id
 * @param images a row per image: {@link #IMAGE}, {@link #PROMPT}, the axes, {@link #STATUS}, {@link #REASON}, {@link #PHASE},
 *     verdicts, and image-wise scores by metric id
 */
record CohortTables(Table requests, Table images) {

    static final String PROMPT = "prompt";
    static final String SESSION = "session";
    static final String ANSWERED = "answered";
    static final String SENT = "sent_seconds";
    static final String INTENDED = "intended_seconds";
    static final String DELIVERED = "delivered_seconds";
    static final String END_TO_END = "end-to-end";
    static final String FIRST_IMAGE = "first-image";
    static final String SERVICE = "service";
    static final String PHASE_PREFIX = "phase.";
    static final String OTHER = PHASE_PREFIX + "other";
    /** Device time of all attempts. */
    static final String HELD = "held_seconds";
    /** What its attempts used up, at the prices of the manifest or of the server. */
    static final String FEES = "fees";

    static final String IMAGE = "image";
    static final String STATUS = "status";

    /** Pictures that a fee is due for. */
    static final String CHARGED = "charged";

    static final String COMPLETE = "complete";
    static final String REASON = "reason";
    static final String PHASE = "failed_phase";
    static final String USABLE = "usable";
    static final String YES = "yes";
    static final String NO = "no";
    static final String TIE = "tie";
    static final String HUMAN_ADHERENCE = "human-adherence";
    static final String HUMAN_APPEAL = "human-appeal";
    static final String FLAWS = "flaws";

    /** The rows of a cohort. */
    CohortTables of(CohortKey key) {
        Table someRequests = requests;
        Table someImages = images;
        for (Map.Entry<CohortAxis, String> entry : key.labels().entrySet()) {
            String axis = entry.getKey().id();
            someRequests = someRequests.where(someRequests.stringColumn(axis).isEqualTo(entry.getValue()));
            someImages = someImages.where(someImages.stringColumn(axis).isEqualTo(entry.getValue()));
        }
        return new CohortTables(someRequests, someImages);
    }

    /** The cohorts that exist on the axes taken together, by label. */
    List<CohortKey> keys(List<CohortAxis> axes) {
        String[] columns = axes.stream().map(CohortAxis::id).toArray(String[]::new);
        Table distinct = requests.selectColumns(columns).dropDuplicateRows();
        TreeSet<CohortKey> keys = new TreeSet<>(java.util.Comparator.comparing(CohortKey::label));
        for (int row = 0; row < distinct.rowCount(); row++) {
            SortedMap<CohortAxis, String> labels = new TreeMap<>();
            for (CohortAxis axis : axes) {
                labels.put(axis, distinct.stringColumn(axis.id()).get(row));
            }
            keys.add(new CohortKey(labels));
        }
        return new ArrayList<>(keys);
    }

    /** The requests that the model answered. */
    Table answered() {
        return requests.where(requests.stringColumn(ANSWERED).isEqualTo(YES));
    }

    /** The present values of a column, in row order. */
    static double[] values(Table table, String column) {
        return table.columnNames().contains(column)
                ? table.doubleColumn(column).removeMissing().asDoubleArray()
                : new double[0];
    }

    /** The present values of a column, prompt by prompt; prompts without any are left out. */
    static double[][] byPrompt(Table table, String column) {
        if (!table.columnNames().contains(column)) {
            return new double[0][];
        }
        StringColumn prompts = table.stringColumn(PROMPT);
        DoubleColumn values = table.doubleColumn(column);
        Map<String, List<Double>> groups = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            if (!values.isMissing(row)) {
                groups.computeIfAbsent(prompts.get(row), prompt -> new ArrayList<>())
                        .add(values.get(row));
            }
        }
        return groups.values().stream()
                .map(group -> group.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }
}
