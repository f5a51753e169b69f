package dev.touchstone.reports.section;

import dev.touchstone.eval.result.CohortSummary;
import dev.touchstone.eval.result.Figure;

/**
 * Money of a run in one unit: per image, or per 1,000 images where one image costs less than a hundredth.
 *
 * @param factor 1 or 1000
 * @param currency ISO 4217
 */
record Money(double factor, String currency) {

    private static final double SMALL = 0.01;
    private static final double THOUSAND = 1000;

    static Money of(RunEvidence evidence) {
        CohortSummary overall = evidence.overall();
        boolean small = overall.cost()
                .perImage()
                .known()
                .filter(known -> known.value() < SMALL)
                .isPresent();
        return new Money(
                small ? THOUSAND : 1,
                evidence.evaluation().conditions().prices().currency());
    }

    /** The figure in this unit. */
    Figure of(Figure perImage) {
        return Rescaled.by(perImage, factor, currency);
    }

    /** What an amount is for, as in {@code per 1,000 usable images}. */
    String per(String thing) {
        return factor == 1 ? "per " + thing : "per 1,000 " + thing + "s";
    }
}
