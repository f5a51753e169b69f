package dev.touchstone.eval.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.eval.gate.Criterion.Kind;
import dev.touchstone.eval.gate.Criterion.Limit;
import dev.touchstone.eval.gate.Criterion.Margin;
import dev.touchstone.eval.gate.Criterion.Relation;
import dev.touchstone.eval.gate.Rule.Role;
import dev.touchstone.eval.gate.Rule.Scope;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

    private static final Path HOME = Path.of(System.getProperty("touchstone.home"));
    private static final PolicyVocabulary VOCABULARY = new PolicyVocabulary(new TreeMap<>(java.util.Map.of(
            CohortAxis.WORKFLOW, new TreeSet<>(List.of("portrait-realism", "stylised-art", "typography")))));

    private static GatePolicy read(String text) {
        return PolicyReader.parse("policy.yaml", text.getBytes(StandardCharsets.UTF_8), VOCABULARY);
    }

    private static GatePolicy withRule(String rule) {
        return read("schema_version: 1\nrules:\n  - " + rule + "\n");
    }

    @Test
    void threeLinesAreAPolicy() {
        GatePolicy policy = withRule("usable.rate >= baseline - 5 points");
        assertThat(policy.release()).isEqualTo(GatePolicy.ReleaseKind.WEIGHTS);
        assertThat(policy.rules()).hasSize(1);
        assertThat(policy.rules().get(0).role()).isEqualTo(Role.GUARDRAIL);
        assertThat(policy.rules().get(0).line()).isEqualTo(3);
    }

    @Test
    void everyInstalledMetricOfPicturesOrPromptsMayBeNamed() {
        for (Metric metric : Metrics.installed().reading(Metrics.OF_A_RUN)) {
            GateMetric named = GateMetric.named(metric.name()).orElseThrow();
            assertThat(named.direction()).isEqualTo(metric.direction());
            if (metric.level() != Metric.Level.COHORT) {
                String sign = metric.direction() == Direction.HIGHER_IS_BETTER ? " >= baseline" : " <= baseline";
                assertThat(withRule(metric.name() + sign).rules().get(0).metric())
                        .isEqualTo(named);
            }
        }
    }

    @Test
    void thresholdsReadAloud() {
        assertThat(withRule("latency.p95 < 8s").rules().get(0).criterion()).isEqualTo(new Limit(Relation.BELOW, 8));
        assertThat(withRule("latency.first-image.p50 <= 750 ms").rules().get(0).criterion())
                .isEqualTo(new Limit(Relation.AT_MOST, 0.75));
        Rule portrait = withRule("usable.rate >= 0.80 @ workflow=portrait-realism")
                .rules()
                .get(0);
        assertThat(portrait.criterion()).isEqualTo(new Limit(Relation.AT_LEAST, 0.8));
        assertThat(portrait.scope()).isEqualTo(new Scope.One(CohortKey.of(CohortAxis.WORKFLOW, "portrait-realism")));
        assertThat(withRule("usable.rate >= 80 %").rules().get(0).criterion())
                .isEqualTo(new Limit(Relation.AT_LEAST, 0.8));
        assertThat(withRule("cost.per-usable <= baseline + 10 %").rules().get(0).criterion())
                .isEqualTo(new Margin(Relation.AT_MOST, 0.1, Kind.RELATIVE));
        assertThat(withRule("adherence >= baseline - 0.03 @ style_family")
                        .rules()
                        .get(0)
                        .scope())
                .isEqualTo(new Scope.Each(CohortAxis.STYLE_FAMILY));
        assertThat(withRule("cost.per-image <= baseline + 0.01 USD")
                        .rules()
                        .get(0)
                        .criterion())
                .isEqualTo(new Margin(Relation.AT_MOST, 0.01, Kind.ABSOLUTE));
    }

    @Test
    void allProblemsComeAtOnceWithPlaceAndNearestName() {
        String text = """
                schema_version: 1
                rules:
                  - latencyy.p95 < 8s
                  - latency.p95 < 8 parsecs
                  - usable.rate >= 0.80 @ workflow=portrait-realsim
                  - usable.rate <= 0.80
                  - adherence >= baseline - 3 points
                sucess: []
                """;
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        PolicyException.class,
                        exception -> assertThat(exception.problems())
                                .extracting(Object::toString)
                                .satisfiesExactly(
                                        first -> assertThat(first)
                                                .startsWith("policy.yaml:3:5: guardrail: expected a metric")
                                                .endsWith("did you mean \"latency.p95\"?"),
                                        second -> assertThat(second)
                                                .startsWith(
                                                        "policy.yaml:4:21: guardrail: expected one of the units s, ms, min")
                                                .contains("found \"parsecs\""),
                                        third -> assertThat(third)
                                                .startsWith("policy.yaml:5:36:")
                                                .endsWith("did you mean \"portrait-realism\"?"),
                                        fourth -> assertThat(fourth)
                                                .startsWith("policy.yaml:6:17:")
                                                .contains("because more usable.rate is better"),
                                        fifth -> assertThat(fifth)
                                                .startsWith("policy.yaml:7:31:")
                                                .contains("one of the units no unit, %"),
                                        last -> assertThat(last)
                                                .startsWith("policy.yaml:8:1:")
                                                .endsWith("did you mean \"success\"?")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usable.rate>=0.8",
                "latency.p95 <",
                "latency.p95",
                "usable.rate >= 1.2",
                "usable.rate >= baseline - x",
                "fid <= baseline + 1",
                "kid < 0.1",
                "same-seed.lpips < 0.05",
                "usable.rate >= 0.8 @ mood",
                "cost.per-image < 1 s",
                "latency.p95 <= baseline - 100 %"
            })
    void whatIsNoRuleIsRefused(String rule) {
        assertThatThrownBy(() -> withRule("'" + rule + "'")).isInstanceOf(PolicyException.class);
    }

    @Test
    void sameSeedDistancesDecideOnRuntimesOnly() {
        String rule = "rules: [same-seed.lpips < 0.05]\n";
        assertThat(read("schema_version: 1\nrelease: runtime\n" + rule).rules()).hasSize(1);
        assertThatThrownBy(() -> read("schema_version: 1\nrelease: weights\n" + rule))
                .hasMessageContaining("decides with release: runtime");
    }

    @Test
    void aSuccessMetricIsHeldAgainstTheBaseline() {
        assertThatThrownBy(() -> read("schema_version: 1\nrules: [latency.p95 < 8s]\nsuccess: [usable.rate >= 0.8]\n"))
                .hasMessageContaining("against the baseline");
    }

    @Test
    void anOverrideNeedsASecondPersonAndAnEnd() {
        String text = """
                schema_version: 1
                rules: [latency.p95 < 8s]
                overrides:
                  - {rule: latency.p95 < 8s, by: Ada, confirmed_by: %s, from: '2026-01-01', expires: '%s', reason: launch}
                """;
        assertThat(read(String.format(text, "Grace", "2026-02-01")).overrides()).hasSize(1);
        assertThatThrownBy(() -> read(String.format(text, "ada", "2026-02-01")))
                .hasMessageContaining("a second person");
        assertThatThrownBy(() -> read(String.format(text, "Grace", "2026-01-01")))
                .hasMessageContaining("a day after");
        assertThatThrownBy(() -> read(String.format(text, "Grace", "2026-02-01")
                        .replace("{rule: latency.p95 < 8s", "{rule: latency.p95 < 9s")))
                .hasMessageContaining("did you mean \"latency.p95 < 8s\"?");
    }

    @Test
    void cohortWeightsSumToOne() {
        String text =
                "schema_version: 1\nrules: [latency.p95 < 8s]\nweights: {axis: workflow, shares: {typography: 0.5, stylised-art: %s}}\n";
        assertThat(read(String.format(text, "0.5")).weights().orElseThrow().shares())
                .hasSize(2);
        assertThatThrownBy(() -> read(String.format(text, "0.4"))).hasMessageContaining("sum to 1");
    }

    @Test
    void everyShippedPolicyIsReadExplainedAndFitsTheSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new ObjectMapper().readTree(Files.readString(HOME.resolve("docs/schema/policy-1.json"))));
        try (Stream<Path> files = Files.list(HOME.resolve("eval/policies"))) {
            List<Path> policies = files.sorted().toList();
            assertThat(policies).hasSizeGreaterThanOrEqualTo(3);
            for (Path file : policies) {
                JsonNode tree = new YAMLMapper().readTree(Files.readString(file));
                assertThat(schema.validate(tree)).as(file.toString()).isEmpty();
                GatePolicy policy = PolicyReader.read(file, PolicyVocabulary.UNCHECKED);
                assertThat(PolicyExplanation.of(policy, VOCABULARY))
                        .hasSizeGreaterThan(policy.rules().size());
            }
        }
    }

    @Test
    void everyRuleIsExplainedInWords() {
        GatePolicy policy =
                read("schema_version: 1\nrules: [usable.rate >= baseline - 5 points @ workflow, latency.p95 < 8s]\n");
        List<String> words = PolicyExplanation.of(policy, VOCABULARY);
        assertThat(words)
                .anySatisfy(line -> assertThat(line)
                        .contains("in every cohort of workflow by itself")
                        .contains("less than 5 points below the baseline's")
                        .contains("prompts"));
        assertThat(words)
                .anySatisfy(line -> assertThat(line).contains("below 8 s").contains("exactly binomial"));
    }
}
