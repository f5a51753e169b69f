package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.Conditions;
import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.compare.FalseWin.Severity;
import dev.touchstone.eval.gate.Decision.Action;
import dev.touchstone.eval.gate.Decision.CohortConclusion;
import dev.touchstone.eval.gate.Decision.Conclusion;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.GateMetric.Unit;
import dev.touchstone.eval.gate.GatePolicy.PolicyOverride;
import dev.touchstone.eval.gate.GatePolicy.ReleaseKind;
import dev.touchstone.eval.gate.GatePolicy.ReleaseStage;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.result.CohortKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes a decision of its inputs, and of nothing else. */
public final class Decider {

    private final GateInputs inputs;
    private final GatePolicy policy;

    private Decider(GateInputs inputs) {
        this.inputs = inputs;
        this.policy = PolicyReader.parse(
                inputs.policy().name(),
                inputs.policy().text().getBytes(StandardCharsets.UTF_8),
                inputs.policy().vocabulary());
    }

    /**
     * The decision.
     *
     * @throws PolicyException if the recorded policy is not valid
     */
    public static Decision decide(GateInputs inputs) {
        return new Decider(inputs).decision();
    }

    private Decision decision() {
        if (!inputs.conditions().comparable()) {
            Conclusion none = new Conclusion(
                    Verdict.NOT_COMPARABLE,
                    Action.HOLD,
                    List.of(inputs.conditions().headline()),
                    List.of("compare runs that differ in one thing, or name what may differ with --allow"));
            return new Decision(inputs, none, List.of(), List.of(), "", List.of(), List.of(), notices());
        }
        List<RuleVerdict> verdicts = new Verdicts(policy, inputs).all();
        Set<CohortKey> cohorts = new LinkedHashSet<>();
        verdicts.stream()
                .filter(verdict -> verdict.role() != Role.ADVISORY)
                .forEach(verdict -> cohorts.add(verdict.cohort()));
        cohorts.remove(CohortKey.OVERALL);
        List<CohortConclusion> each = cohorts.stream()
                .map(cohort -> new CohortConclusion(
                        cohort,
                        conclude(verdicts.stream()
                                .filter(verdict -> verdict.cohort().equals(cohort))
                                .toList())))
                .toList();
        return new Decision(
                inputs,
                conclude(verdicts),
                verdicts,
                each,
                new Trade(verdicts, policy).words(),
                new Routing(policy, inputs).routes(),
                Leads.of(inputs),
                notices());
    }

    private Conclusion conclude(List<RuleVerdict> verdicts) {
        List<RuleVerdict> guardrails = of(verdicts, Role.GUARDRAIL);
        List<RuleVerdict> successes = of(verdicts, Role.SUCCESS);
        List<RuleVerdict> failed = with(guardrails, Verdict.FAIL);
        List<RuleVerdict> open = with(guardrails, Verdict.INCONCLUSIVE);
        List<FalseWin> suspicions =
                inputs.falseWins().stream().filter(this::suspect).toList();
        boolean better = successes.isEmpty() || successes.stream().anyMatch(one -> one.verdict() == Verdict.PASS);
        List<String> reasons = new ArrayList<>();
        List<String> change = new ArrayList<>();
        failed.forEach(one -> reasons.add("FAIL " + said(one)));
        suspicions.forEach(win -> reasons.add("SUSPECT " + win.id() + ": " + win.evidence()));
        open.forEach(one -> reasons.add("INCONCLUSIVE " + said(one)));
        failed.forEach(one -> change.add(one.change()));
        suspicions.forEach(win -> change.add(win.remedy()));
        open.forEach(one -> change.add(one.change()));
        if (!better) {
            reasons.add("no success metric is shown to be better: "
                    + Words.and(successes.stream().map(Decider::said).toList()));
            successes.forEach(one -> change.add(one.change()));
        }
        if (!failed.isEmpty()) {
            return new Conclusion(Verdict.FAIL, onFailure(failed, open), reasons, change);
        }
        if (!suspicions.isEmpty()) {
            return new Conclusion(Verdict.SUSPECT, Action.HOLD, reasons, change);
        }
        if (!open.isEmpty() || !better) {
            return new Conclusion(Verdict.INCONCLUSIVE, Action.HOLD, reasons, change);
        }
        reasons.add(guardrails.size() + " of " + guardrails.size() + " guardrails hold"
                + (successes.isEmpty() ? "; this policy asks for no gain" : ""));
        with(successes, Verdict.PASS).forEach(one -> reasons.add("better: " + said(one)));
        return new Conclusion(Verdict.PASS, Action.SHIP, reasons, change);
    }

    /** Where nothing was changed there is no win that could be false. */
    private boolean suspect(FalseWin win) {
        return win.severity() == Severity.SUSPECT && !inputs.conditions().kind().equals(Conditions.Kind.SAME.id());
    }

    private Action onFailure(List<RuleVerdict> failed, List<RuleVerdict> open) {
        if (policy.stage() == ReleaseStage.LIVE) {
            return Action.ROLLBACK;
        }
        boolean onlySpeedAndMoney =
                failed.stream().allMatch(this::speedOrMoney) && open.stream().allMatch(this::speedOrMoney);
        return onlySpeedAndMoney ? Action.OPTIMIZE : Action.HOLD;
    }

    private boolean speedOrMoney(RuleVerdict verdict) {
        Unit unit = policy.rules().stream()
                .filter(rule -> rule.text().equals(verdict.rule()))
                .findFirst()
                .orElseThrow()
                .metric()
                .unit();
        return unit == Unit.SECONDS || unit == Unit.MONEY;
    }

    private static String said(RuleVerdict verdict) {
        return Words.cohort(verdict.cohort()) + ": " + verdict.sentence();
    }

    private static List<RuleVerdict> of(List<RuleVerdict> verdicts, Role role) {
        return verdicts.stream().filter(one -> one.role() == role).toList();
    }

    private static List<RuleVerdict> with(List<RuleVerdict> verdicts, Verdict verdict) {
        return verdicts.stream()
                .filter(one -> one.verdict() == verdict && one.overridden().isEmpty())
                .toList();
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        GateInputs.Setting setting = inputs.conditions();
        if (policy.release() == ReleaseKind.RUNTIME && setting.identical() < setting.images()) {
            notices.add("The same seeds do not give the same bytes: " + setting.identical() + " of " + setting.images()
                    + " pictures are equal to the baseline's.");
        }
        notices.add(setting.headline());
        for (PolicyOverride override : policy.overrides()) {
            String state = override.active(inputs.day())
                    ? "Override in force"
                    : inputs.day().isBefore(override.from()) ? "Override not in force yet" : "Override expired";
            notices.add(state + ": " + override.rule() + " (" + Words.cohort(override.cohort()) + ") by "
                    + override.by()
                    + " and " + override.confirmedBy() + ", " + override.from() + " to " + override.expires() + ": "
                    + override.reason());
        }
        for (Rule rule : policy.rules()) {
            rule.loosened()
                    .ifPresent(easier -> notices.add("Loosened: " + rule.text() + " was " + easier.was() + " until "
                            + easier.by() + " changed it on " + easier.on() + "."));
        }
        inputs.calibration()
                .filter(found -> found.state() != GateInputs.CalibrationFound.State.USABLE)
                .ifPresent(found -> notices.add("Calibration " + found.state().id() + ": " + found.detail() + "."));
        if (inputs.looks() > 1) {
            notices.add(String.format(
                    Locale.ROOT,
                    "This is look %d at this candidate: every test is at %s instead of %s.",
                    inputs.looks(),
                    Words.number(policy.budget().alpha() / inputs.looks()),
                    Words.number(policy.budget().alpha())));
        }
        inputs.falseWins().stream()
                .filter(win -> !suspect(win))
                .forEach(win -> notices.add(win.id() + ": " + win.evidence()));
        return notices;
    }
}
