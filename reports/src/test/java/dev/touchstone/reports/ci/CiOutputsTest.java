package dev.touchstone.reports.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.gate.Decision;
import dev.touchstone.eval.gate.Decision.Action;
import dev.touchstone.eval.gate.Decision.Conclusion;
import dev.touchstone.eval.gate.Decision.RuleVerdict;
import dev.touchstone.eval.gate.GateInputs;
import dev.touchstone.eval.gate.PolicyVocabulary;
import dev.touchstone.eval.gate.Rule;
import dev.touchstone.eval.gate.Verdict;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class CiOutputsTest {

    private static final CohortKey PORTRAITS = CohortKey.of(CohortAxis.WORKFLOW, "portrait <realism> & \u0001\"co\"");

    private static Decision decision(Verdict verdict, RuleVerdict... rules) {
        return new Decision(
                new GateInputs(
                        new GateInputs.Runs("cand-0123456789", "base-0123456789", "c", "b"),
                        new GateInputs.PolicySource(
                                "release.yaml",
                                "release: weights\nguardrails:\n  - usable.rate >=  baseline - 0.05\n",
                                new PolicyVocabulary(new TreeMap<>())),
                        LocalDate.of(2026, 1, 2),
                        1,
                        new GateInputs.Setting(
                                true, "one-variable", "only `steps` changed: 12 -> 4", List.of("steps"), 240, 0),
                        List.of(new FalseWin(
                                "fewer-steps", FalseWin.Severity.NOTICE, "240 of 240 images", "Let quality decide.")),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                new Conclusion(verdict, Action.HOLD, List.of("usable.rate broke"), List.of("ship if it reaches 0.71")),
                List.of(rules),
                List.of(new Decision.CohortConclusion(
                        PORTRAITS, new Conclusion(verdict, Action.HOLD, List.of("worse | here @you"), List.of()))),
                "",
                List.of(),
                List.of(),
                List.of());
    }

    private static RuleVerdict rule(Verdict verdict, Rule.Role role, CohortKey cohort) {
        return new RuleVerdict(
                "usable.rate >= baseline - 0.05",
                cohort,
                role,
                verdict,
                0.01,
                1,
                0.02,
                "0.64 against 0.72: -0.08 (-0.13 to -0.03), 40 prompts",
                "120 more images decide",
                "");
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static int count(Document document, String tag) {
        return document.getElementsByTagName(tag).getLength();
    }

    @Test
    void countsAddUpAndNamesHoldNoMeasuredNumbers() throws Exception {
        Document xml = parsed(JunitXml.of(decision(
                Verdict.FAIL,
                rule(Verdict.FAIL, Rule.Role.GUARDRAIL, PORTRAITS),
                rule(Verdict.INCONCLUSIVE, Rule.Role.GUARDRAIL, CohortKey.OVERALL),
                rule(Verdict.PASS, Rule.Role.SUCCESS, CohortKey.OVERALL),
                rule(Verdict.FAIL, Rule.Role.ADVISORY, CohortKey.OVERALL))));
        Element root = xml.getDocumentElement();

        assertThat(root.getAttribute("tests")).isEqualTo("5").isEqualTo(Integer.toString(count(xml, "testcase")));
        assertThat(root.getAttribute("failures")).isEqualTo("2").isEqualTo(Integer.toString(count(xml, "failure")));
        assertThat(root.getAttribute("skipped")).isEqualTo("1").isEqualTo(Integer.toString(count(xml, "skipped")));
        assertThat(root.getAttribute("errors")).isEqualTo("0");
        for (int i = 0; i < count(xml, "testcase"); i++) {
            Element one = (Element) xml.getElementsByTagName("testcase").item(i);
            assertThat(one.getAttribute("name")).doesNotContain("0.64");
            assertThat(one.getAttribute("classname")).isNotEmpty();
        }
        assertThat(((Element) xml.getElementsByTagName("failure").item(1)).getAttribute("message"))
                .contains("0.64 against 0.72");
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyAPassHasNoMark(Verdict verdict) throws Exception {
        Document xml = parsed(JunitXml.of(decision(verdict)));

        assertThat(count(xml, "failure") + count(xml, "error") + count(xml, "skipped"))
                .isEqualTo(verdict == Verdict.PASS ? 0 : 1);
        assertThat(count(xml, "skipped")).isEqualTo(verdict == Verdict.INCONCLUSIVE ? 1 : 0);
        assertThat(count(xml, "error")).isEqualTo(verdict == Verdict.NOT_COMPARABLE ? 1 : 0);
    }

    @Test
    void aGateThatCouldNotDecideIsAnError() throws Exception {
        Document xml = parsed(JunitXml.broken("baseline prod: expected a pinned run, found none\nhint"));

        assertThat(count(xml, "error")).isEqualTo(1);
        assertThat(xml.getDocumentElement().getAttribute("errors")).isEqualTo("1");
    }

    @Test
    void whatIsWrittenDoesNotDependOnTheLocale() {
        Decision decision = decision(Verdict.FAIL, rule(Verdict.FAIL, Rule.Role.GUARDRAIL, PORTRAITS));
        String xml = JunitXml.of(decision);
        String markdown = DecisionMarkdown.of(decision, DecisionMarkdown.COMMENT_BYTES);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(JunitXml.of(decision)).isEqualTo(xml);
            assertThat(DecisionMarkdown.of(decision, DecisionMarkdown.COMMENT_BYTES))
                    .isEqualTo(markdown);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void markdownSaysTheVerdictFirstAndEscapesWhatOthersWrote() {
        String text = DecisionMarkdown.of(
                decision(Verdict.FAIL, rule(Verdict.FAIL, Rule.Role.GUARDRAIL, PORTRAITS)),
                DecisionMarkdown.COMMENT_BYTES);

        assertThat(text.lines().findFirst().orElseThrow()).contains("hold", "FAIL");
        assertThat(text)
                .contains("only `steps` changed: 12 -> 4")
                .contains("&lt;realism>")
                .contains("worse \\| here")
                .doesNotContain("@you")
                .contains("fewer-steps");
    }

    @Test
    void markdownEndsBelowItsLimitAndSaysWhatIsLeftOut() {
        List<RuleVerdict> many = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            many.add(rule(Verdict.FAIL, Rule.Role.GUARDRAIL, PORTRAITS));
        }
        String text = DecisionMarkdown.of(decision(Verdict.FAIL, many.toArray(RuleVerdict[]::new)), 20_000);

        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
        assertThat(text).contains("more parts stand in `decision.json`");
    }

    @Test
    void annotationsAreAnchoredAtTheRuleAndNoMoreThanTenOfAKind() {
        List<RuleVerdict> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(rule(Verdict.FAIL, Rule.Role.GUARDRAIL, CohortKey.OVERALL));
            many.add(rule(Verdict.INCONCLUSIVE, Rule.Role.GUARDRAIL, CohortKey.OVERALL));
        }
        List<String> commands = GithubAnnotations.of(
                decision(Verdict.FAIL, many.toArray(RuleVerdict[]::new)), "eval/policies/release.yaml");

        assertThat(commands.get(0))
                .startsWith("::error file=eval/policies/release.yaml,line=1,title=Touchstone%3A hold");
        assertThat(commands).filteredOn(one -> one.startsWith("::error ")).hasSize(10);
        assertThat(commands).filteredOn(one -> one.startsWith("::warning ")).hasSize(10);
        assertThat(commands.get(1)).contains(",line=3,").doesNotContain("\n");
    }
}
