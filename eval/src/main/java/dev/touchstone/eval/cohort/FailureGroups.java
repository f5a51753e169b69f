package dev.touchstone.eval.cohort;

import dev.touchstone.eval.result.CohortSummary.FailureGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.table.TableSlice;

/** Images that were not made, grouped by status, reason and phase. */
final class FailureGroups {

    private static final int MOST_EXAMPLES = 5;

    private FailureGroups() {}

    static List<FailureGroup> of(Table images) {
        Table failed = images.where(images.stringColumn(CohortTables.STATUS).isNotEqualTo(CohortTables.COMPLETE));
        List<FailureGroup> groups = new ArrayList<>();
        if (failed.isEmpty()) {
            return groups;
        }
        for (TableSlice slice : failed.splitOn(CohortTables.STATUS, CohortTables.REASON, CohortTables.PHASE)) {
            Table alike = slice.asTable();
            StringColumn ids = alike.stringColumn(CohortTables.IMAGE);
            groups.add(new FailureGroup(
                    alike.stringColumn(CohortTables.STATUS).get(0),
                    alike.stringColumn(CohortTables.REASON).get(0),
                    alike.stringColumn(CohortTables.PHASE).get(0),
                    alike.rowCount(),
                    ids.asList().stream().limit(MOST_EXAMPLES).toList()));
        }
        groups.sort(Comparator.comparingInt(FailureGroup::images)
                .reversed()
                .thenComparing(FailureGroup::status)
                .thenComparing(FailureGroup::reason)
                .thenComparing(FailureGroup::phase));
        return groups;
    }
}
