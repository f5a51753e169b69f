package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Criterion.Limit;
import dev.touchstone.eval.gate.Decision.Option;
import dev.touchstone.eval.gate.Decision.Route;
import dev.touchstone.eval.gate.GateInputs.CohortProfile;
import dev.touchstone.eval.gate.GateInputs.Profile;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.result.CohortKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The better run for every cohort. A run must meet the policy's limits on mean latency and cost per image; of two that do, the
 * one of surely higher quality is taken, and where neither is, the faster, and then the cheaper one.
 */
final class Routing {

    private static final String CANDIDATE = "candidate";
    private static final String BASELINE = "baseline";

    private final GatePolicy policy;
    private final GateInputs inputs;

    Routing(GatePolicy policy, GateInputs inputs) {
        this.policy = policy;
        this.inputs = inputs;
    }

    List<Route> routes() {
        return inputs.profiles().stream().map(this::route).toList();
    }

    private Route route(CohortProfile cohort) {
        Profile candidate = cohort.candidate();
        Profile baseline = cohort.baseline();
        Option one =
                new Option(CANDIDATE, candidate, !dominates(baseline, candidate), within(cohort.cohort(), candidate));
        Option other =
                new Option(BASELINE, baseline, !dominates(candidate, baseline), within(cohort.cohort(), baseline));
        List<Option> options = List.of(one, other);
        if (!one.withinLimits() || !other.withinLimits()) {
            Optional<String> only = options.stream()
                    .filter(Option::withinLimits)
                    .map(Option::run)
                    .findFirst();
            return new Route(
                    cohort.cohort(),
                    only,
                    options,
                    only.map(run -> "only the " + run + " is within the limits")
                            .orElse("neither is within the limits"));
        }
        if (cohort.gain().isPresent() && cohort.gain().get().lower() > 0) {
            return new Route(
                    cohort.cohort(), Optional.of(CANDIDATE), options, "its " + cohort.quality() + " is surely higher");
        }
        if (cohort.gain().isPresent() && cohort.gain().get().upper() < 0) {
            return new Route(
                    cohort.cohort(), Optional.of(BASELINE), options, "its " + cohort.quality() + " is surely higher");
        }
        int speed = compare(candidate.seconds(), baseline.seconds());
        int money = compare(candidate.cost(), baseline.cost());
        int order = speed != 0 ? speed : money;
        String quality = cohort.quality() + " does not tell them apart; ";
        if (order == 0) {
            return new Route(
                    cohort.cohort(),
                    Optional.of(BASELINE),
                    options,
                    quality + "nor do time and money, so nothing changes");
        }
        return new Route(
                cohort.cohort(),
                Optional.of(order < 0 ? CANDIDATE : BASELINE),
                options,
                quality + (speed != 0 ? "it is faster" : "it is cheaper"));
    }

    private boolean within(CohortKey cohort, Profile profile) {
        for (Rule rule : policy.rules()) {
            boolean here = rule.scope() instanceof Scope.Overall
                    || rule.scope() instanceof Scope.Each
                    || rule.scope() instanceof Scope.One own && own.cohort().equals(cohort);
            if (!here || !(rule.criterion() instanceof Limit limit)) {
                continue;
            }
            boolean latency = rule.metric().name().equals("latency.mean");
            boolean cost = rule.metric().statistic() == Statistic.PER_IMAGE;
            OptionalDouble value = latency ? profile.seconds() : cost ? profile.cost() : OptionalDouble.empty();
            if (value.isPresent() && value.getAsDouble() > limit.bound()) {
                return false;
            }
        }
        return true;
    }

    /** At least as good in everything that both know, better in something. */
    private static boolean dominates(Profile one, Profile other) {
        int quality = -compare(one.quality(), other.quality());
        int seconds = compare(one.seconds(), other.seconds());
        int cost = compare(one.cost(), other.cost());
        return quality <= 0 && seconds <= 0 && cost <= 0 && (quality < 0 || seconds < 0 || cost < 0);
    }

    private static int compare(OptionalDouble one, OptionalDouble other) {
        return one.isPresent() && other.isPresent() ? Double.compare(one.getAsDouble(), other.getAsDouble()) : 0;
    }
}
