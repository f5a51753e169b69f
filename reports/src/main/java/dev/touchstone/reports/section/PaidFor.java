package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.Evaluation.Prices;
import dev.touchstone.reports.model.Decimals;
import java.util.Optional;

/** What the cost of a run holds, and what it leaves out. */
final class PaidFor {

    private static final double SECONDS_PER_HOUR = 3600;
    private static final double HUNDRED = 100;

    private PaidFor() {}

    /** How much of the cost is loading and warm-up. */
    static String note(CohortSummary all) {
        double total = all.cost().total();
        return total > 0
                ? "loading and warm-up are " + Decimals.of(HUNDRED * all.cost().overhead() / total) + "\u00a0% of it"
                : "";
    }

    /** What is counted, in a sentence. */
    static String definition(RunEvidence evidence) {
        String left = leftOut(evidence)
                .map(share -> Decimals.of(HUNDRED * share) + "\u00a0% of the measured time")
                .orElse("which a run without a price per hour does not show");
        return "What was paid over complete images: device time of every attempt from sending to the end of generation,"
                + " failures included, a share of loading and warm-up by device time, and fees. Not counted are saving"
                + " files and gaps between requests, " + left + ".";
    }

    /** Share of the measured window in which nothing was paid for. */
    private static Optional<Double> leftOut(RunEvidence evidence) {
        CohortSummary all = evidence.overall();
        Prices prices = evidence.evaluation().conditions().prices();
        if (!(prices.pricePerHour() > 0) || prices.feePerImage() > 0) {
            return Optional.empty();
        }
        double held = all.cost().requests() / prices.pricePerHour() * SECONDS_PER_HOUR;
        return all.throughput()
                .known()
                .map(throughput -> all.counts().complete() / throughput.value())
                .map(window -> Math.max(0, 1 - held / window));
    }
}
