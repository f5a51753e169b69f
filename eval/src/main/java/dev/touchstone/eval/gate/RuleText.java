package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Relation;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.gate.GateMetric.Unit;
import dev.touchstone.eval.gate.GatePolicy.ReleaseKind;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a rule that reads aloud: {@code metric relation bound [@ scope]}, where a bound is a number with a unit, or
 * {@code baseline}, or {@code baseline + number} with a unit, {@code %} of the baseline, or {@code points} of a rate. All
 * problems of a rule are found in one reading, each with the column of the word that is wrong.
 */
final class RuleText {

    /** What a rule says, before its role's details. */
    record Parsed(GateMetric metric, Criterion criterion, Scope scope) {}

    private static final Pattern FORM = Pattern.compile("\\s*(\\S+)\\s+(\\S+)\\s+(.+?)(?:\\s*@\\s*(.*?))?\\s*");
    private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(.*?)\\s*");
    private static final Pattern BASELINE = Pattern.compile("baseline(?:\\s*([-+])\\s*(.+))?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final String EXAMPLE = "such as latency.p95 < 8s or usable.rate >= baseline - 5 points @ workflow";

    private final String text;
    private final Place start;
    private final String key;
    private final Problems problems;
    private final PolicyVocabulary vocabulary;

    RuleText(String text, Place start, String key, Problems problems, PolicyVocabulary vocabulary) {
        this.text = text;
        this.start = start;
        this.key = key;
        this.problems = problems;
        this.vocabulary = vocabulary;
    }

    /** The rule's text with single spaces: its name. */
    static String name(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    Optional<Parsed> parse(Role role, ReleaseKind release) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            problem(0, "a metric, a relation and a bound, " + EXAMPLE, "\"" + text + "\"", "");
            return Optional.empty();
        }
        Optional<GateMetric> metric = metric(form.group(1), form.start(1), release);
        Optional<Relation> relation = relation(form.group(2), form.start(2), metric);
        Optional<Criterion> criterion = bound(form.group(3), form.start(3), metric, relation);
        Optional<Scope> scope =
                form.group(4) == null ? Optional.of(new Scope.Overall()) : scope(form.group(4), form.start(4));
        if (role == Role.SUCCESS && criterion.isPresent() && !(criterion.get() instanceof Criterion.Margin)) {
            problem(
                    form.start(3),
                    "a success metric against the baseline, as in usable.rate > baseline",
                    form.group(3),
                    "");
            return Optional.empty();
        }
        if (metric.isEmpty() || criterion.isEmpty() || scope.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Parsed(metric.get(), criterion.get(), scope.get()));
    }

    private Optional<GateMetric> metric(String name, int at, ReleaseKind release) {
        Optional<GateMetric> metric = GateMetric.named(name);
        if (metric.isEmpty()) {
            problem(
                    at,
                    "a metric that a rule may name",
                    "\"" + name + "\"",
                    NearestName.of(name, GateMetric.names())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("the metrics are " + String.join(", ", shortNames())));
            return Optional.empty();
        }
        if (metric.get().statistic() == Statistic.SHOWN) {
            problem(
                    at,
                    "a metric that a rule may rest on",
                    name,
                    name.startsWith("fid")
                            ? "its bias depends on the model and the number of pictures; kid asks the same question without"
                            : "it is a number of a whole set, and the comparison has no interval of it");
            return Optional.empty();
        }
        if (metric.get().sameSeed() && release == ReleaseKind.WEIGHTS) {
            problem(
                    at,
                    "a metric that decides on new weights",
                    name,
                    "pictures of the same seed are meant to change with the weights; it decides with release: runtime");
            return Optional.empty();
        }
        return metric;
    }

    /** Names without the phases and the long forms, so that the message can be read. */
    private static List<String> shortNames() {
        List<String> names = new ArrayList<>(GateMetric.names());
        names.removeIf(name -> name.contains(".phase.")
                || name.contains("end-to-end")
                || name.contains(".service.")
                || name.contains(".step."));
        return names;
    }

    private Optional<Relation> relation(String sign, int at, Optional<GateMetric> metric) {
        Optional<Relation> relation = Arrays.stream(Relation.values())
                .filter(one -> one.sign().equals(sign))
                .findFirst();
        if (relation.isEmpty()) {
            problem(at, "one of <, <=, >, >=", "\"" + sign + "\"", "a rule has spaces around its sign");
            return Optional.empty();
        }
        boolean lower = metric.isPresent() && metric.get().direction() == Direction.LOWER_IS_BETTER;
        if (metric.isPresent() && relation.get().upperBound() != lower) {
            problem(
                    at,
                    lower
                            ? "< or <=, because less " + metric.get() + " is better"
                            : "> or >=, because more " + metric.get() + " is better",
                    sign,
                    "");
            return Optional.empty();
        }
        return relation;
    }

    private Optional<Criterion> bound(String bound, int at, Optional<GateMetric> metric, Optional<Relation> relation) {
        Matcher baseline = BASELINE.matcher(bound);
        if (!baseline.matches()) {
            String expected = "a number with its unit, or baseline with a margin, " + EXAMPLE;
            Matcher quantity = QUANTITY.matcher(bound);
            if (!quantity.matches()) {
                problem(
                        at,
                        expected,
                        "\"" + bound + "\"",
                        NearestName.hint(bound.split("\\s", 2)[0], List.of("baseline")));
                return Optional.empty();
            }
            if (metric.isEmpty()) {
                return Optional.empty();
            }
            if (metric.get().statistic() == Statistic.COMPARED && !metric.get().sameSeed()) {
                problem(
                        at,
                        "baseline with a margin, because " + metric.get() + " is compared and has no bound of its own",
                        bound,
                        "");
                return Optional.empty();
            }
            Optional<Double> value = inUnit(quantity, at, metric.get().unit(), false);
            return value.isEmpty() || relation.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Criterion.Limit(relation.get(), value.get()));
        }
        if (metric.isPresent() && metric.get().sameSeed()) {
            problem(at, "a number, because " + metric.get() + " is already a distance from the baseline", bound, "");
            return Optional.empty();
        }
        if (baseline.group(2) == null) {
            return relation.map(sign -> new Criterion.Margin(sign, 0, Kind.ABSOLUTE));
        }
        int sign = baseline.group(1).equals("-") ? -1 : 1;
        int offset = at + baseline.start(2);
        Matcher quantity = QUANTITY.matcher(baseline.group(2));
        if (!quantity.matches()) {
            problem(offset, "a number with its unit, % or points", "\"" + baseline.group(2) + "\"", "");
            return Optional.empty();
        }
        if (quantity.group(2).equals("%")) {
            double share = Double.parseDouble(quantity.group(1)) / 100 * sign;
            if (metric.isPresent() && metric.get().statistic() == Statistic.COMPARED || share <= -1) {
                problem(offset, "a margin in the metric's unit", baseline.group(2), "");
                return Optional.empty();
            }
            return relation.map(one -> new Criterion.Margin(one, share, Kind.RELATIVE));
        }
        if (metric.isEmpty() || relation.isEmpty()) {
            return Optional.empty();
        }
        return inUnit(quantity, offset, metric.get().unit(), true)
                .map(value -> new Criterion.Margin(relation.get(), sign * value, Kind.ABSOLUTE));
    }

    /** A number in the metric's unit; a wrong unit is a problem. */
    private Optional<Double> inUnit(Matcher quantity, int at, Unit unit, boolean margin) {
        double number = Double.parseDouble(quantity.group(1));
        String written = quantity.group(2);
        List<String> good;
        double factor;
        switch (unit) {
            case SECONDS -> {
                good = List.of("s", "ms", "min");
                factor = written.equals("ms") ? 1e-3 : written.equals("min") ? 60 : 1;
            }
            case SHARE -> {
                good = margin ? List.of("points") : List.of("", "%");
                factor = written.isEmpty() ? 1 : 0.01;
            }
            case MONEY -> {
                good = CURRENCY.matcher(written).matches() ? List.of(written) : List.of("USD", "EUR");
                factor = 1;
            }
            case DECIBELS -> {
                good = List.of("dB");
                factor = 1;
            }
            default -> {
                good = List.of("");
                factor = 1;
            }
        }
        if (!good.contains(written)) {
            List<String> shown = new ArrayList<>(good);
            shown.replaceAll(one -> one.isEmpty() ? "no unit" : one);
            if (margin) {
                shown.add("%");
            }
            problem(
                    at + quantity.start(2),
                    "one of the units " + String.join(", ", shown),
                    written.isEmpty() ? "none" : "\"" + written + "\"",
                    NearestName.hint(written, good));
            return Optional.empty();
        }
        double value = number * factor;
        if (unit == Unit.SHARE && value > 1) {
            problem(
                    at,
                    "a share in [0, 1]",
                    String.format(Locale.ROOT, "%s %s", quantity.group(1), written)
                            .strip(),
                    "write 80 % or 0.80");
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private Optional<Scope> scope(String scope, int at) {
        int equals = scope.indexOf('=');
        String axisName = (equals < 0 ? scope : scope.substring(0, equals)).strip();
        Optional<CohortAxis> axis = Arrays.stream(CohortAxis.values())
                .filter(one -> one.id().equals(axisName))
                .findFirst();
        if (axis.isEmpty()) {
            List<String> names =
                    Arrays.stream(CohortAxis.values()).map(CohortAxis::id).toList();
            problem(
                    at,
                    "one of the axes " + String.join(", ", names),
                    "\"" + axisName + "\"",
                    NearestName.hint(axisName, names));
            return Optional.empty();
        }
        if (equals < 0) {
            return Optional.of(new Scope.Each(axis.get()));
        }
        String label = scope.substring(equals + 1).strip();
        SortedSet<String> labels = vocabulary.labels(axis.get());
        if (label.isEmpty() || !labels.isEmpty() && !labels.contains(label)) {
            problem(
                    at + equals + 1,
                    "one of the cohorts " + String.join(", ", labels),
                    "\"" + label + "\"",
                    NearestName.hint(label, labels));
            return Optional.empty();
        }
        return Optional.of(new Scope.One(CohortKey.of(axis.get(), label)));
    }

    private void problem(int offset, String expected, String found, String hint) {
        Place place = new Place(start.file(), start.line(), start.column() + offset);
        problems.add(new Problem(place, key, expected, found, hint));
    }
}
