package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Calibration.Modes;
import dev.touchstone.eval.gate.Calibration.Noise;
import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Margin;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.Finding.Measured;
import dev.touchstone.eval.gate.Finding.Quantity;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.gate.GatePolicy.PolicyOverride;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.inference.BenjaminiHochberg;
import dev.touchstone.eval.inference.HolmCorrection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The verdict of every rule, within the error budget: a guardrail passes at alpha by itself, because a release needs all of them;
 * a success metric passes at alpha over the number of them, because one is enough; a guardrail fails by Holm over all of them,
 * because any one of them is. Repeated looks share alpha.
 */
final class Verdicts {

    private static final Set<Statistic> VOTED = EnumSet.of(Statistic.RATE, Statistic.PER_USABLE);

    private final GatePolicy policy;
    private final GateInputs inputs;
    private final double alpha;
    private final Map<String, Rule> rules = new HashMap<>();

    Verdicts(GatePolicy policy, GateInputs inputs) {
        this.policy = policy;
        this.inputs = inputs;
        this.alpha = policy.budget().alpha() / inputs.looks();
        policy.rules().forEach(rule -> rules.put(rule.text(), rule));
    }

    List<RuleVerdict> all() {
        List<Finding> findings = inputs.findings();
        double[] breaks = new double[findings.size()];
        double[] better = new double[findings.size()];
        double[] worse = new double[findings.size()];
        int guardrails = 0;
        int successes = 0;
        int[] guardrailAt = new int[findings.size()];
        for (int i = 0; i < breaks.length; i++) {
            Optional<Measured> measured = findings.get(i).measured();
            better[i] = measured.map(one -> one.tests().better()).orElse(1.0);
            worse[i] = measured.map(one -> one.tests().worse()).orElse(1.0);
            Role role = role(findings.get(i));
            successes += role == Role.SUCCESS ? 1 : 0;
            guardrailAt[i] = role == Role.GUARDRAIL ? guardrails++ : -1;
        }
        double[] tests = new double[guardrails];
        for (int i = 0; i < breaks.length; i++) {
            if (guardrailAt[i] >= 0) {
                tests[guardrailAt[i]] = findings.get(i)
                        .measured()
                        .filter(this::enough)
                        .map(one -> one.tests().breaks())
                        .orElse(1.0);
            }
        }
        double[] adjusted = HolmCorrection.adjusted(tests);
        better = BenjaminiHochberg.adjusted(better);
        worse = BenjaminiHochberg.adjusted(worse);
        List<RuleVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < breaks.length; i++) {
            Finding finding = findings.get(i);
            double own = guardrailAt[i] >= 0
                    ? adjusted[guardrailAt[i]]
                    : finding.measured().map(one -> one.tests().breaks()).orElse(1.0);
            verdicts.add(verdict(finding, role(finding), own, Math.max(1, successes), better[i], worse[i]));
        }
        return verdicts;
    }

    /** The role that the policy gives, unless the metric has two modes. */
    private Role role(Finding finding) {
        Rule rule = rules.get(finding.rule());
        boolean split =
                noise(rule, finding).map(noise -> noise.modes() == Modes.TWO).orElse(false);
        return split ? Role.ADVISORY : rule.role();
    }

    private Optional<Noise> noise(Rule rule, Finding finding) {
        return inputs.calibration().map(CalibrationFound::noises).orElse(List.of()).stream()
                .filter(one -> one.metric().equals(rule.metric().name())
                        && one.cohort().equals(finding.cohort()))
                .findFirst();
    }

    private boolean enough(Measured measured) {
        return measured.prompts() >= rules.get(measured.rule()).floor();
    }

    private RuleVerdict verdict(Finding finding, Role role, double breaks, int successes, double better, double worse) {
        Rule rule = rules.get(finding.rule());
        Verdict verdict = Verdict.INCONCLUSIVE;
        String change = "";
        String sentence;
        if (finding instanceof Finding.Unmeasured unmeasured) {
            sentence = "not measured: " + unmeasured.reason();
            change = "have " + rule.metric() + " in both runs"
                    + (VOTED.contains(rule.metric().statistic())
                                    && !rule.metric().name().startsWith("delivered")
                            ? "; votes come with 'touchstone labels import'"
                            : "");
        } else {
            Measured measured = (Measured) finding;
            sentence = sentence(rule, measured);
            double level = role == Role.SUCCESS ? alpha / successes : alpha;
            if (!enough(measured)) {
                change = (rule.floor() - measured.prompts()) + " more prompts reach the floor of " + rule.floor();
            } else if (inNoise(rule, measured).isPresent()) {
                change = inNoise(rule, measured).get();
            } else if (measured.tests().meets() <= level) {
                verdict = stale() ? Verdict.INCONCLUSIVE : Verdict.PASS;
                change = stale()
                        ? "calibrate again: "
                                + inputs.calibration().orElseThrow().detail()
                        : "";
            } else if (breaks <= alpha && role != Role.SUCCESS) {
                verdict = Verdict.FAIL;
                change = reaches(rule, measured, "passes if ");
            } else {
                change = reaches(rule, measured, "passes if ") + more(measured);
            }
        }
        Optional<PolicyOverride> override = verdict == Verdict.PASS ? Optional.empty() : override(finding);
        return new RuleVerdict(
                finding.rule(),
                finding.cohort(),
                role,
                verdict,
                breaks,
                better,
                worse,
                sentence + (role == rule.role() ? "" : "; advisory, because A/A runs fall into two groups"),
                change,
                override.map(Verdicts::said).orElse(""));
    }

    private boolean stale() {
        return inputs.calibration().isPresent() && inputs.calibration().get().state() != CalibrationFound.State.USABLE;
    }

    /** Why a margin is refused: A/A runs differ by more. */
    private Optional<String> inNoise(Rule rule, Measured measured) {
        if (!(rule.criterion() instanceof Margin margin) || margin.margin() == 0) {
            return Optional.empty();
        }
        return noise(rule, measured).flatMap(noise -> {
            double size = Math.abs(margin.margin()) * (margin.kind() == Kind.RELATIVE ? Math.abs(noise.mean()) : 1);
            return size >= noise.largestDifference()
                    ? Optional.empty()
                    : Optional.of("the margin of " + Words.number(size)
                            + " lies inside the noise of A/A runs, which reaches "
                            + Words.number(noise.largestDifference()) + "; ask for a wider margin or more prompts");
        });
    }

    private Optional<PolicyOverride> override(Finding finding) {
        return policy.overrides().stream()
                .filter(one -> one.rule().equals(finding.rule())
                        && one.cohort().equals(finding.cohort())
                        && one.active(inputs.day()))
                .findFirst();
    }

    private static String said(PolicyOverride override) {
        return override.by() + " and " + override.confirmedBy() + " decided otherwise on " + override.from()
                + ", until " + override.expires() + ": " + override.reason();
    }

    private static String sentence(Rule rule, Measured measured) {
        String unit = measured.sides().unit();
        Finding.Tested tested = measured.tested();
        String candidate = Words.number(measured.sides().candidate(), unit);
        StringBuilder text = new StringBuilder(rule.metric() + " " + candidate);
        measured.sides().baseline().ifPresent(base -> text.append(" against ").append(Words.number(base, unit)));
        text.append(": ").append(tested.quantity().id()).append(' ');
        text.append(
                tested.quantity() == Quantity.RATIO
                        ? Words.number(tested.value())
                        : Words.number(tested.value(), unit));
        text.append(" (").append(Words.interval(tested.interval())).append("), asked ");
        text.append(rule.criterion().relation().sign()).append(' ').append(Words.number(tested.bound()));
        text.append(", ").append(measured.prompts()).append(" prompts");
        return text.toString();
    }

    /** The number at which the candidate would be exactly at the bound. */
    private static String reaches(Rule rule, Measured measured, String lead) {
        Finding.Tested tested = measured.tested();
        double base = measured.sides().baseline().orElse(0);
        double target = switch (tested.quantity()) {
            case VALUE -> tested.bound();
            case DIFFERENCE -> base + tested.bound();
            case RATIO -> base * tested.bound();
        };
        String unit = measured.sides().unit();
        return lead + rule.metric() + " of " + Words.cohort(measured.cohort()) + " is surely "
                + (rule.criterion().relation().upperBound() ? "below " : "above ") + Words.number(target, unit)
                + "; now "
                + Words.number(measured.sides().candidate(), unit);
    }

    private static String more(Measured measured) {
        if (measured.needed().isEmpty()) {
            return "; it lies too close to the bound for more prompts to decide soon";
        }
        long more = measured.needed().getAsLong() - measured.prompts();
        return more > 0 ? "; about " + more + " more prompts decide" : "; a few more prompts decide";
    }
}
