package dev.touchstone.eval.compare;

import dev.touchstone.eval.result.CohortKey;
import java.util.List;

/** Compares the pictures of two runs themselves, which takes a feature network or time, or does not. */
public interface PictureComparison {

    /** No picture is opened. */
    PictureComparison NONE = (base, candidate, pairs, level) -> (cohort, own) -> List.of();

    /** The differences of pictures, ready for every cohort. */
    Of of(ComparedRun base, ComparedRun candidate, Pairing pairs, double level);

    /** Differences by cohort. */
    interface Of {
        List<Difference> differences(CohortKey cohort, Pairing own);
    }
}
