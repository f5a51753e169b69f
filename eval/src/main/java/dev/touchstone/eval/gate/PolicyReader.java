package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.GatePolicy.CalibrationUse;
import dev.touchstone.eval.gate.GatePolicy.CohortWeights;
import dev.touchstone.eval.gate.GatePolicy.ErrorBudget;
import dev.touchstone.eval.gate.GatePolicy.PolicyOverride;
import dev.touchstone.eval.gate.GatePolicy.ReleaseKind;
import dev.touchstone.eval.gate.GatePolicy.ReleaseStage;
import dev.touchstone.eval.gate.Rule.Loosened;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.NumberRange;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.document.YamlDocument;
import dev.touchstone.generator.prompt.CohortAxis;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a policy strictly. Every mistake is found in one reading, with line, column and the nearest name. */
public final class PolicyReader {

    /** The version of the policy's form that is read. */
    public static final int SCHEMA_VERSION = 1;

    /** Prompts of the default gate table for rates; a rule may ask for more. */
    static final int FLOOR = 5;

    private static final Pattern PERSON = Pattern.compile("[^\\p{Cntrl}]{1,80}");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,300}");
    private static final NumberRange ALPHA = NumberRange.closed(0.001, 0.2);
    private static final NumberRange POWER = NumberRange.closed(0.5001, 0.999);

    private final StrictSection root;
    private final Problems problems;
    private final PolicyVocabulary vocabulary;

    private PolicyReader(StrictSection root, Problems problems, PolicyVocabulary vocabulary) {
        this.root = root;
        this.problems = problems;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads a policy file.
     *
     * @throws PolicyException with every problem
     */
    public static GatePolicy read(Path file, PolicyVocabulary vocabulary) {
        Problems problems = new Problems();
        return read(YamlDocument.read(file, problems), problems, vocabulary);
    }

    /**
     * Reads the contents of a policy file.
     *
     * @param name of the file, for messages
     * @throws PolicyException with every problem
     */
    public static GatePolicy parse(String name, byte[] contents, PolicyVocabulary vocabulary) {
        Problems problems = new Problems();
        return read(YamlDocument.parse(name, contents, problems), problems, vocabulary);
    }

    private static GatePolicy read(Optional<StrictSection> root, Problems problems, PolicyVocabulary vocabulary) {
        Optional<GatePolicy> policy = root.map(section -> new PolicyReader(section, problems, vocabulary).policy());
        problems.throwIfAny(PolicyException::new);
        return policy.orElseThrow(() -> new IllegalStateException("policy: expected problems, found none"));
    }

    private GatePolicy policy() {
        root.required("schema_version").integer(SCHEMA_VERSION, SCHEMA_VERSION);
        Map<String, ReleaseKind> kinds = new LinkedHashMap<>();
        for (ReleaseKind kind : ReleaseKind.values()) {
            kinds.put(kind.id(), kind);
        }
        Map<String, ReleaseStage> stages = new LinkedHashMap<>();
        for (ReleaseStage stage : ReleaseStage.values()) {
            stages.put(stage.id(), stage);
        }
        ReleaseKind release = root.optional("release").choice(kinds).orElse(ReleaseKind.WEIGHTS);
        ReleaseStage stage = root.optional("stage").choice(stages).orElse(ReleaseStage.CANDIDATE);
        root.optional("description").text();
        StrictSection budget = section(root.optional("budget"));
        double alpha = budget.optional("alpha")
                .number(ALPHA)
                .map(BigDecimal::doubleValue)
                .orElse(0.05);
        double power = budget.optional("power")
                .number(POWER)
                .map(BigDecimal::doubleValue)
                .orElse(0.80);
        budget.noOtherKeys();
        int floor = root.optional("floor").integer(2, 1_000_000).orElse(FLOOR);
        List<Rule> rules = new ArrayList<>();
        StrictValue guardrails = root.optional("rules");
        rules.addAll(rules(guardrails, Role.GUARDRAIL, release, floor));
        rules.addAll(rules(root.optional("success"), Role.SUCCESS, release, floor));
        rules.addAll(rules(root.optional("advisory"), Role.ADVISORY, release, floor));
        if (!guardrails.isPresent()) {
            root.required("rules");
        }
        GatePolicy policy = new GatePolicy(
                release,
                stage,
                new ErrorBudget(alpha, power),
                rules,
                weights(),
                calibration(),
                root.optional("overrides")
                        .list(0, item -> override(item, rules))
                        .orElse(List.of()));
        root.noOtherKeys();
        return policy;
    }

    private List<Rule> rules(StrictValue value, Role role, ReleaseKind release, int floor) {
        int least = role == Role.GUARDRAIL ? 1 : 0;
        return value.list(least, item -> rule(item, role, release, floor)).orElse(List.of());
    }

    private Optional<Rule> rule(StrictValue item, Role role, ReleaseKind release, int floor) {
        if (!item.isSection()) {
            return item.text().flatMap(text -> rule(text, item, role, release, floor, Optional.empty()));
        }
        StrictSection section = section(item);
        StrictValue text = section.required("rule");
        int own = section.optional("floor").integer(2, 1_000_000).orElse(floor);
        Optional<Loosened> loosened = Optional.empty();
        StrictValue changed = section.optional("loosened");
        if (changed.isPresent()) {
            StrictSection details = section(changed);
            Optional<String> was = details.required("was").text(LINE, "the rule as it was");
            Optional<String> by = details.required("by").text(PERSON, "a name");
            Optional<LocalDate> on = date(details.required("on"));
            details.noOtherKeys();
            if (was.isPresent() && by.isPresent() && on.isPresent()) {
                loosened = Optional.of(new Loosened(was.get(), by.get(), on.get()));
            }
        }
        section.noOtherKeys();
        Optional<Loosened> easier = loosened;
        return text.text().flatMap(words -> rule(words, text, role, release, own, easier));
    }

    private Optional<Rule> rule(
            String text, StrictValue value, Role role, ReleaseKind release, int floor, Optional<Loosened> loosened) {
        return new RuleText(text, value.valuePlace(), role.id(), problems, vocabulary)
                .parse(role, release)
                .map(parsed -> new Rule(
                        RuleText.name(text),
                        parsed.metric(),
                        parsed.criterion(),
                        parsed.scope(),
                        role,
                        floor,
                        loosened,
                        value.place().line()));
    }

    private Optional<CohortWeights> weights() {
        StrictValue value = root.optional("weights");
        if (!value.isPresent()) {
            return Optional.empty();
        }
        StrictSection section = section(value);
        Map<String, CohortAxis> axes = new LinkedHashMap<>();
        for (CohortAxis axis : CohortAxis.values()) {
            axes.put(axis.id(), axis);
        }
        Optional<CohortAxis> axis = section.required("axis").choice(axes);
        StrictSection shares = section(section.required("shares"));
        section.noOtherKeys();
        TreeMap<String, Double> read = new TreeMap<>();
        for (String label : shares.keys()) {
            StrictValue share = shares.optional(label);
            SortedSet<String> known = axis.map(vocabulary::labels).orElse(java.util.Collections.emptySortedSet());
            if (!known.isEmpty() && !known.contains(label)) {
                problems.add(new Problem(
                        share.place(),
                        "weights.shares." + label,
                        "one of the cohorts " + String.join(", ", known),
                        "\"" + label + "\"",
                        NearestName.hint(label, known)));
            }
            share.number(NumberRange.above(0, 1)).ifPresent(number -> read.put(label, number.doubleValue()));
        }
        double sum = read.values().stream().mapToDouble(Double::doubleValue).sum();
        if (axis.isEmpty() || read.isEmpty()) {
            return Optional.empty();
        }
        if (Math.abs(sum - 1) > 1e-9) {
            value.problem(
                    "shares that sum to 1",
                    "they sum to " + BigDecimal.valueOf(sum).stripTrailingZeros());
            return Optional.empty();
        }
        return Optional.of(new CohortWeights(axis.get(), read));
    }

    private Optional<CalibrationUse> calibration() {
        StrictValue value = root.optional("calibration");
        if (!value.isPresent()) {
            return Optional.empty();
        }
        StrictSection section = section(value);
        Optional<String> file = section.required("file").text(LINE, "a file, relative to the policy");
        int days = section.optional("max_age_days").integer(1, 3650).orElse(30);
        section.noOtherKeys();
        return file.map(name -> new CalibrationUse(name, days));
    }

    private Optional<PolicyOverride> override(StrictValue item, List<Rule> rules) {
        StrictSection section = section(item);
        List<String> names = rules.stream().map(Rule::text).toList();
        StrictValue ruleValue = section.required("rule");
        Optional<String> rule = ruleValue.text().map(RuleText::name);
        if (rule.isPresent() && !names.contains(rule.get())) {
            ruleValue.problem("one of the rules of this policy", NearestName.hint(rule.get(), names));
        }
        StrictValue cohortValue = section.optional("cohort");
        CohortKey cohort =
                cohortValue.text().flatMap(text -> cohort(text, cohortValue)).orElse(CohortKey.OVERALL);
        Optional<String> by = section.required("by").text(PERSON, "a name");
        StrictValue second = section.required("confirmed_by");
        Optional<String> confirmed = second.text(PERSON, "a name");
        Optional<LocalDate> from = date(section.required("from"));
        StrictValue end = section.required("expires");
        Optional<LocalDate> expires = date(end);
        Optional<String> reason = section.required("reason").text(LINE, "a reason in one line");
        section.noOtherKeys();
        if (by.isPresent()
                && confirmed.isPresent()
                && by.get().strip().equalsIgnoreCase(confirmed.get().strip())) {
            second.problem("a second person", "an override needs two");
            return Optional.empty();
        }
        if (from.isPresent() && expires.isPresent() && !expires.get().isAfter(from.get())) {
            end.problem("a day after " + from.get(), "an override ends");
            return Optional.empty();
        }
        if (rule.isEmpty()
                || by.isEmpty()
                || confirmed.isEmpty()
                || from.isEmpty()
                || expires.isEmpty()
                || reason.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PolicyOverride(
                rule.get(), cohort, by.get(), confirmed.get(), from.get(), expires.get(), reason.get()));
    }

    private Optional<CohortKey> cohort(String text, StrictValue value) {
        return new RuleText(
                        "usable.rate > baseline @ " + text,
                        value.valuePlace(),
                        "overrides.cohort",
                        problems,
                        vocabulary)
                .parse(Role.ADVISORY, ReleaseKind.WEIGHTS)
                .flatMap(parsed -> {
                    if (parsed.scope() instanceof Scope.One one) {
                        return Optional.of(one.cohort());
                    }
                    value.problem("one cohort, such as workflow=portrait-realism", "");
                    return Optional.empty();
                });
    }

    private static Optional<LocalDate> date(StrictValue value) {
        return value.text().flatMap(text -> {
            try {
                return Optional.of(LocalDate.parse(text));
            } catch (DateTimeParseException e) {
                value.problem("a day as 2026-01-31", "");
                return Optional.empty();
            }
        });
    }

    private static StrictSection section(StrictValue value) {
        return value.section().orElseGet(StrictSection::absent);
    }
}
