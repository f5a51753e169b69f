package dev.touchstone.reports.ci;

import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.Conclusion;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.Rule;
import dev.touchstone.eval.gate.Verdict;
import dev.touchstone.eval.result.CohortKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decision as JUnit XML: a suite for the release and one per cohort, a case per rule. {@code failure} is a gate that said no,
 * {@code error} a comparison that could not be made, {@code skipped} what is inconclusive and therefore not passed. Names hold no
 * measured numbers, because CI systems know a case again by its name; numbers stand in messages. Advisory rules that fail pass here
 * and say so in their output.
 */
public final class JunitXml {

    private static final String SUITES = "touchstone gate";
    private static final String RELEASE = "release";

    private JunitXml() {}

    /** One case of a suite. */
    private record Case(String suite, String name, String kind, String type, String message, String detail) {}

    /** The whole decision. */
    public static String of(Decision decision) {
        List<Case> cases = new ArrayList<>();
        cases.add(release(decision.overall()));
        for (RuleVerdict verdict : decision.rules()) {
            cases.add(rule(verdict));
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("candidate", decision.inputs().runs().candidate());
        properties.put("baseline", decision.inputs().runs().baseline());
        properties.put("candidateImagesDigest", decision.inputs().runs().candidateDigest());
        properties.put("policy", decision.inputs().policy().name());
        properties.put("action", decision.overall().action().id());
        return write(cases, properties);
    }

    /** A gate that could not decide, because the baseline is missing or the pipeline broke. */
    public static String broken(String message) {
        return write(List.of(new Case(RELEASE, "decision", "error", "GATE", firstLine(message), message)), Map.of());
    }

    private static Case release(Conclusion overall) {
        String message = String.join(" ", overall.reasons());
        return new Case(
                RELEASE,
                "decision",
                kind(overall.verdict()),
                overall.verdict().id(),
                overall.action().id() + ": " + message,
                String.join("\n", overall.change()));
    }

    private static Case rule(RuleVerdict verdict) {
        boolean advisory = verdict.role() == Rule.Role.ADVISORY;
        boolean overridden = !verdict.overridden().isEmpty();
        String kind = (advisory || overridden) && verdict.verdict() == Verdict.FAIL ? "" : kind(verdict.verdict());
        String detail = verdict.change() + (overridden ? "\n" + verdict.overridden() : "");
        return new Case(
                suite(verdict.cohort()),
                verdict.role().id() + ": " + verdict.rule(),
                kind,
                verdict.verdict().id(),
                verdict.sentence(),
                detail.strip());
    }

    private static String suite(CohortKey cohort) {
        return cohort.equals(CohortKey.OVERALL) ? "overall" : cohort.axis() + ": " + cohort.label();
    }

    private static String kind(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "";
            case FAIL, SUSPECT -> "failure";
            case INCONCLUSIVE -> "skipped";
            case NOT_COMPARABLE -> "error";
        };
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String write(List<Case> cases, Map<String, String> properties) {
        Map<String, List<Case>> suites = new LinkedHashMap<>();
        cases.forEach(one ->
                suites.computeIfAbsent(one.suite(), name -> new ArrayList<>()).add(one));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"" + SUITES + "\"" + counts(cases) + ">\n");
        suites.forEach((name, own) -> {
            xml.append("  <testsuite name=\"" + XmlText.of(name) + "\"" + counts(own) + ">\n");
            if (!properties.isEmpty()) {
                xml.append("    <properties>\n");
                properties.forEach((key, value) -> xml.append(
                        "      <property name=\"" + XmlText.of(key) + "\" value=\"" + XmlText.of(value) + "\"/>\n"));
                xml.append("    </properties>\n");
            }
            own.forEach(one -> xml.append(write(one)));
            xml.append("  </testsuite>\n");
        });
        return xml.append("</testsuites>\n").toString();
    }

    private static String counts(List<Case> cases) {
        return " tests=\"" + cases.size() + "\" failures=\"" + count(cases, "failure") + "\" errors=\""
                + count(cases, "error") + "\" skipped=\"" + count(cases, "skipped") + "\" time=\"0\"";
    }

    private static long count(List<Case> cases, String kind) {
        return cases.stream().filter(one -> one.kind().equals(kind)).count();
    }

    private static String write(Case one) {
        String start = "    <testcase classname=\"" + XmlText.of(one.suite()) + "\" name=\"" + XmlText.of(one.name())
                + "\" time=\"0\"";
        return switch (one.kind()) {
            case "" ->
                one.message().isEmpty()
                        ? start + "/>\n"
                        : start + ">\n      <system-out>" + XmlText.of(one.message())
                                + "</system-out>\n    </testcase>\n";
            case "skipped" ->
                start + ">\n      <skipped message=\"" + XmlText.of(one.type() + ": " + one.message())
                        + "\"/>\n    </testcase>\n";
            default ->
                start + ">\n      <" + one.kind() + " type=\"" + XmlText.of(one.type()) + "\" message=\""
                        + XmlText.of(one.message()) + "\">" + XmlText.of(one.detail()) + "</" + one.kind()
                        + ">\n    </testcase>\n";
        };
    }
}
