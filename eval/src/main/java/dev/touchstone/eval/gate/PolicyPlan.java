package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Margin;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.inference.SampleSize;
import java.util.OptionalLong;
import org.apache.commons.math3.distribution.BetaDistribution;

/** How many prompts the rules of a policy ask for. */
public final class PolicyPlan {

    private static final int GRID = 200;

    /** The normal approximation knows the spread; a test has to estimate it, and has a pseudo prompt. */
    private static final double SLACK = 1.05;

    private static final int FEW = 5;
    private static final double LEAST = 0.01;

    private PolicyPlan() {}

    /**
     * What is assumed of usable verdicts.
     *
     * @param rate usable share, in (0, 1)
     * @param images judged per prompt and run, at least 1
     * @param correlation of two images of a prompt, in [0, 1); both runs share it, because they share the prompt
     */
    public record Assumed(double rate, int images, double correlation) {

        /**
         * Standard deviation of the difference of a prompt's two rates when the candidate's is lower by a loss: what is drawn, and
         * what prompts lose more or less. Prompts' own rates are a beta distribution, and the easier prompt of one run is the
         * easier of the other.
         */
        double spread(double loss) {
            double lower = Math.max(LEAST, rate - loss);
            double drawn = (rate * (1 - rate) + lower * (1 - lower)) * (1 - correlation) / images;
            if (correlation == 0) {
                return Math.sqrt(drawn);
            }
            double size = 1 / correlation - 1;
            BetaDistribution before = new BetaDistribution(null, rate * size, (1 - rate) * size);
            BetaDistribution after = new BetaDistribution(null, lower * size, (1 - lower) * size);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < GRID; i++) {
                double u = (i + 0.5) / GRID;
                double lost = before.inverseCumulativeProbability(u) - after.inverseCumulativeProbability(u);
                sum += lost / GRID;
                squares += lost * lost / GRID;
            }
            return Math.sqrt(drawn + Math.max(0, squares - sum * sum));
        }
    }

    /** How many tests Holm's correction is over: guardrails, once for every cohort they are judged in. */
    public static int guardrails(GatePolicy policy, PolicyVocabulary cohorts) {
        int count = 0;
        for (Rule rule : policy.rules(Role.GUARDRAIL)) {
            count += rule.scope() instanceof Scope.Each each
                    ? Math.max(1, cohorts.labels(each.axis()).size())
                    : 1;
        }
        return count;
    }

    /**
     * Prompts, in the cohort that a guardrail on a rate is judged in, that find a loss with the policy's power at the first step
     * of Holm's correction.
     *
     * @param loss in shares, above the margin
     * @param guardrails tests that are corrected for
     * @return empty for rules that are no margin on a rate, or whose margin allows the loss
     */
    public static OptionalLong prompts(GatePolicy policy, Rule rule, double loss, Assumed assumed, int guardrails) {
        boolean rate = rule.metric().statistic() == Statistic.RATE && rule.role() == Role.GUARDRAIL;
        if (!rate || !(rule.criterion() instanceof Margin margin) || margin.kind() == Kind.RELATIVE) {
            return OptionalLong.empty();
        }
        double distance = loss + margin.margin();
        if (!(distance > 0)) {
            return OptionalLong.empty();
        }
        double alpha = policy.budget().alpha() / guardrails;
        long units = SampleSize.units(
                assumed.spread(loss), distance, alpha, policy.budget().power());
        return OptionalLong.of((long) Math.ceil(SLACK * units) + FEW);
    }
}
