package dev.touchstone.eval.cohort;

import dev.touchstone.eval.cost.PriceBook;
import dev.touchstone.eval.result.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What each prompt came to, in sums.
 *
 * @param byPrompt values at {@link #COST} to {@link #SERVICE}
 */
record PromptSums(Map<String, double[]> byPrompt) {

    static final int COST = 0;
    static final int COMPLETE = 1;
    static final int JUDGED = 2;
    static final int USABLE = 3;
    static final int SERVICE = 4;

    private static final int WIDTH = 5;

    static PromptSums of(CohortTables tables, Evaluation evaluation) {
        Evaluation.Prices prices = evaluation.conditions().prices();
        double held = 0;
        for (double seconds : CohortTables.values(tables.requests(), CohortTables.HELD)) {
            held += seconds;
        }
        return of(
                tables,
                new PriceBook(prices.pricePerHour(), prices.feePerImage(), prices.currency()),
                held == 0 ? 0 : evaluation.overhead().cost() / held);
    }

    /** @param perHeldSecond share of loading and warm-up that a second of device time carries */
    static PromptSums of(CohortTables tables, PriceBook prices, double perHeldSecond) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        Table requests = tables.requests();
        StringColumn asked = requests.stringColumn(CohortTables.PROMPT);
        DoubleColumn held = requests.doubleColumn(CohortTables.HELD);
        DoubleColumn fees = requests.doubleColumn(CohortTables.FEES);
        DoubleColumn service = requests.doubleColumn(CohortTables.SERVICE);
        for (int row = 0; row < asked.size(); row++) {
            double[] of = sums.computeIfAbsent(asked.get(row), prompt -> new double[WIDTH]);
            of[COST] += prices.cost(held.get(row), 0) + perHeldSecond * held.get(row) + fees.get(row);
            of[SERVICE] += service.get(row);
        }
        Table images = tables.images();
        StringColumn made = images.stringColumn(CohortTables.PROMPT);
        StringColumn status = images.stringColumn(CohortTables.STATUS);
        StringColumn usable = images.stringColumn(CohortTables.USABLE);
        DoubleColumn charged = images.doubleColumn(CohortTables.CHARGED);
        for (int row = 0; row < made.size(); row++) {
            double[] of = sums.get(made.get(row));
            of[COST] += prices.cost(0, Math.round(charged.get(row)));
            if (status.get(row).equals(CohortTables.COMPLETE)) {
                boolean yes = usable.get(row).equals(CohortTables.YES);
                of[COMPLETE]++;
                of[JUDGED] += yes || usable.get(row).equals(CohortTables.NO) ? 1 : 0;
                of[USABLE] += yes ? 1 : 0;
            }
        }
        return new PromptSums(sums);
    }

    double[] column(int index) {
        return byPrompt.values().stream().mapToDouble(sums -> sums[index]).toArray();
    }

    /** Per prompt, what is left of a sum when the run's ratio times the count is taken off; prompts without a count are left out. */
    Map<String, Double> residuals(int sum, int count) {
        double ratio = ratio(sum, count);
        Map<String, Double> left = new LinkedHashMap<>();
        byPrompt.forEach((prompt, of) -> {
            if (of[count] > 0) {
                left.put(prompt, of[sum] - ratio * of[count]);
            }
        });
        return left;
    }

    /** The linear part of cost per image over usable rate; empty where nothing is usable. */
    Map<String, Double> costPerUsable() {
        Map<String, Double> left = new LinkedHashMap<>();
        double cost = ratio(COST, COMPLETE);
        double rate = ratio(USABLE, JUDGED);
        if (rate > 0 && cost > 0) {
            byPrompt.forEach((prompt, of) -> {
                if (of[JUDGED] > 0) {
                    double dearer = (of[COST] - cost * of[COMPLETE]) / of[COMPLETE];
                    double better = (of[USABLE] - rate * of[JUDGED]) / of[JUDGED];
                    left.put(prompt, dearer - cost / rate * better);
                }
            });
        }
        return left;
    }

    private double ratio(int sum, int count) {
        double all = 0;
        double counts = 0;
        for (double[] of : byPrompt.values()) {
            all += of[sum];
            counts += of[count];
        }
        return counts == 0 ? 0 : all / counts;
    }

    /** Means of a column by prompt, added to those that are there. */
    static void means(Table table, String column, Map<String, Double> means) {
        if (!table.columnNames().contains(column)) {
            return;
        }
        StringColumn prompts = table.stringColumn(CohortTables.PROMPT);
        DoubleColumn values = table.doubleColumn(column);
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            if (!values.isMissing(row)) {
                double[] of = sums.computeIfAbsent(prompts.get(row), prompt -> new double[2]);
                of[0] += values.get(row);
                of[1]++;
            }
        }
        sums.forEach((prompt, of) -> means.put(prompt, of[0] / of[1]));
    }
}
