package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.eval.compare.RunSamples.ImageCounts;
import dev.touchstone.eval.result.CohortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.apache.commons.statistics.inference.ChiSquareTest;

/** Rules about how many images there are, and of what. */
final class CountRules {

    /** A shift of the mix that moves an overall number. */
    private static final double MIX_SHIFT = 0.02;

    private CountRules() {}

    static Optional<Finding> fewerImages(RuleInput in) {
        ImageCounts before = in.base().samples().counts();
        ImageCounts after = in.candidate().samples().counts();
        int fewer = 0;
        long lost = 0;
        for (int k = 0; k < in.pairs().size(); k++) {
            int missing = before.planned(in.pairs().base()[k])
                    - after.planned(in.pairs().candidate()[k]);
            fewer += missing > 0 ? 1 : 0;
            lost += Math.max(0, missing);
        }
        return fewer == 0
                ? Optional.empty()
                : in.unlessDeclared(
                        new String[] {"images_per_prompt", "best_of"},
                        "%d of %d shared prompts were asked for fewer images, %d in all",
                        fewer,
                        in.pairs().size(),
                        lost);
    }

    static Optional<Finding> moreFailed(RuleInput in) {
        return more(
                in,
                "failed or missing",
                prompt -> lost(in.base().samples().counts(), prompt),
                prompt -> lost(in.candidate().samples().counts(), prompt));
    }

    private static int lost(ImageCounts counts, int prompt) {
        return counts.failed()[prompt] + counts.missing()[prompt] + counts.unanswered()[prompt];
    }

    static Optional<Finding> moreModerated(RuleInput in) {
        return more(
                in,
                "moderated",
                prompt -> in.base().samples().counts().moderated()[prompt],
                prompt -> in.candidate().samples().counts().moderated()[prompt]);
    }

    private static Optional<Finding> more(RuleInput in, String state, IntUnaryOperator before, IntUnaryOperator after) {
        int more = 0;
        int less = 0;
        long ofBase = 0;
        long ofCandidate = 0;
        for (int k = 0; k < in.pairs().size(); k++) {
            int b = before.applyAsInt(in.pairs().base()[k]);
            int c = after.applyAsInt(in.pairs().candidate()[k]);
            more += c > b ? 1 : 0;
            less += b > c ? 1 : 0;
            ofBase += b;
            ofCandidate += c;
        }
        if (more <= less) {
            return Optional.empty();
        }
        double p = RuleInput.signTest(more, less);
        String evidence =
                "%d images %s against %d of the base; more of them for %d prompts, fewer for %d (sign test p = %.2g)";
        return p < RuleInput.ALPHA
                ? Finding.suspect(evidence, ofCandidate, state, ofBase, more, less, p)
                : Finding.notice(evidence, ofCandidate, state, ofBase, more, less, p);
    }

    /** Prompts that came whole and prompts that did not, by cohort: chi-square on the candidate. */
    static Optional<Finding> receivedByCohort(RuleInput in) {
        for (CohortKey cohort : in.candidate().samples().cohorts()) {
            if (cohort.labels().size() != 1) {
                continue;
            }
            int[] own = in.candidate().samples().prompts().of(cohort);
            long all = in.candidate().samples().prompts().size();
            long broken = broken(in.candidate().samples(), own);
            long others = broken(in.candidate().samples(), range((int) all)) - broken;
            long[][] table = {{broken, own.length - broken}, {others, all - own.length - others}};
            if (broken == 0 || own.length == all || table[1][1] + table[0][1] == 0) {
                continue;
            }
            if ((double) broken / own.length <= (double) others / (all - own.length)) {
                continue;
            }
            double p = ChiSquareTest.withDefaults().test(table).getPValue();
            int tests = in.candidate().samples().cohorts().size();
            if (p * tests < RuleInput.ALPHA) {
                return Finding.suspect(
                        "%d of %d prompts of %s lack images that were planned, and %d of %d of the others (chi-square"
                                + " p = %.2g over %d cohorts)",
                        broken, own.length, cohort, others, all - own.length, Math.min(1, p * tests), tests);
            }
        }
        return Optional.empty();
    }

    private static long broken(RunSamples run, int[] prompts) {
        long broken = 0;
        for (int prompt : prompts) {
            broken += run.counts().complete()[prompt] < run.counts().planned(prompt) ? 1 : 0;
        }
        return broken;
    }

    private static int[] range(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }

    /** Simpson's paradox needs another mix: the shares of complete images by cohort. */
    static Optional<Finding> cohortMix(RuleInput in) {
        List<String> shifted = new ArrayList<>();
        Map<CohortKey, Double> before = shares(in.base().samples());
        Map<CohortKey, Double> after = shares(in.candidate().samples());
        for (Map.Entry<CohortKey, Double> share : after.entrySet()) {
            double was = before.getOrDefault(share.getKey(), 0.0);
            if (Math.abs(share.getValue() - was) > MIX_SHIFT) {
                shifted.add(String.format(
                        java.util.Locale.ROOT,
                        "%s %.1f %% -> %.1f %%",
                        share.getKey(),
                        100 * was,
                        100 * share.getValue()));
            }
        }
        return shifted.isEmpty()
                ? Optional.empty()
                : Finding.suspect(
                        "the cohorts' shares of all complete images moved by more than %.0f points: %s",
                        100 * MIX_SHIFT, String.join(", ", shifted));
    }

    private static Map<CohortKey, Double> shares(RunSamples run) {
        Map<CohortKey, Double> shares = new TreeMap<>(java.util.Comparator.comparing(CohortKey::toString));
        double all = 0;
        for (int complete : run.counts().complete()) {
            all += complete;
        }
        for (CohortKey cohort : run.cohorts()) {
            if (cohort.labels().size() == 1 && all > 0) {
                double own = 0;
                for (int prompt : run.prompts().of(cohort)) {
                    own += run.counts().complete()[prompt];
                }
                shares.put(cohort, own / all);
            }
        }
        return shares;
    }

    static Optional<Finding> baselineCoversLess(RuleInput in) {
        int only = in.candidate().samples().prompts().size() - in.pairs().size();
        return only == 0
                ? Optional.empty()
                : Finding.suspect(
                        "%d of %d prompts of the candidate are not in the base",
                        only, in.pairs().size() + only);
    }

    static Optional<Finding> promptsDropped(RuleInput in) {
        int only = in.base().samples().prompts().size() - in.pairs().size();
        return only == 0
                ? Optional.empty()
                : Finding.suspect(
                        "%d of %d prompts of the base are not in the candidate",
                        only, in.pairs().size() + only);
    }
}
