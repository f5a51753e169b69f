package dev.touchstone.eval.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.touchstone.eval.compare.FalseWin;
import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.Calibration.Noise;
import dev.touchstone.eval.gate.Decision.Action;
import dev.touchstone.eval.gate.GateInputs.CalibrationFound;
import dev.touchstone.eval.inference.Interval;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.metrics.metric.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeciderTest {

    private static final String POLICY = """
            schema_version: 1
            rules:
              - usable.rate >= baseline - 10 points @ workflow
              - latency.mean <= baseline + 5 %
            success:
              - usable.rate > baseline
              - latency.mean < baseline
            """;

    private static final double[] EVEN = {0.8, 0.8};
    private static final CohortKey PORTRAITS = CohortKey.of(CohortAxis.WORKFLOW, "portrait-realism");
    private static final RunSamples BASE = SampleRuns.run(300, EVEN, 2, 1);

    @TempDir
    Path folder;

    private static Decision decide(RunSamples candidate, String policy, FalseWin... wins) {
        return Decider.decide(SampleRuns.inputs(BASE, candidate, policy, wins));
    }

    @Test
    void fasterAndAsUsableShips() {
        Decision decision = decide(SampleRuns.run(300, EVEN, 1.5, 2), POLICY);
        assertThat(decision.verdict()).isEqualTo(Verdict.PASS);
        assertThat(decision.overall().action()).isEqualTo(Action.SHIP);
        assertThat(decision.trade()).contains("better for overall (latency.mean");
    }

    @Test
    void aBetterAverageDoesNotHideACohortThatGotWorse() {
        Decision decision = decide(SampleRuns.run(300, new double[] {0.95, 0.5}, 1.5, 3), POLICY);
        assertThat(decision.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(decision.overall().action()).isEqualTo(Action.HOLD);
        assertThat(decision.overall().reasons().get(0)).startsWith("FAIL portrait-realism: usable.rate 0.");
        assertThat(decision.cohorts())
                .filteredOn(one -> one.cohort().equals(PORTRAITS))
                .singleElement()
                .satisfies(one -> assertThat(one.conclusion().verdict()).isEqualTo(Verdict.FAIL));
        assertThat(decision.trade()).contains("the prior stays better for portrait-realism (usable.rate)");
    }

    @Test
    void onlyTooSlowMeansOptimizeAndRollbackWhereUsersHaveIt() {
        RunSamples slower = SampleRuns.run(300, EVEN, 2.4, 4);
        assertThat(decide(slower, POLICY).overall().action()).isEqualTo(Action.OPTIMIZE);
        Decision live = decide(slower, POLICY + "stage: live\n");
        assertThat(live.overall().action()).isEqualTo(Action.ROLLBACK);
        assertThat(live.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void tooFewPromptsAreInconclusiveAndSayHowManyMoreWouldDecide() {
        RunSamples base = SampleRuns.run(30, EVEN, 2, 5);
        Decision decision = Decider.decide(SampleRuns.inputs(base, SampleRuns.run(30, EVEN, 1.5, 6), POLICY));
        assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decision.overall().change())
                .anySatisfy(text -> assertThat(text)
                        .contains("passes if usable.rate of")
                        .containsPattern("about \\d+ more prompts decide|too close"));
    }

    @Test
    void nothingBetterIsHeldAlthoughNothingIsWorse() {
        Decision decision = decide(SampleRuns.run(300, EVEN, 2, 7), POLICY);
        assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decision.overall().reasons())
                .anySatisfy(text -> assertThat(text).contains("no success metric"));
    }

    @Test
    void aWinWithAFiredRuleIsSuspectButALossStaysALoss() {
        FalseWin win =
                new FalseWin("fewer-steps", FalseWin.Severity.SUSPECT, "4 steps instead of 12", "compare quality");
        assertThat(decide(SampleRuns.run(300, EVEN, 1.5, 2), POLICY, win).verdict())
                .isEqualTo(Verdict.SUSPECT);
        assertThat(decide(SampleRuns.run(300, EVEN, 2.4, 4), POLICY, win).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void anOverrideCountsWhileItLastsAndAlwaysShows() {
        String override = """
                overrides:
                  - {rule: latency.mean <= baseline + 5 %%, by: Ada, confirmed_by: Grace, from: '2026-01-01', expires: '%s', reason: launch}
                """;
        RunSamples slower = SampleRuns.run(300, new double[] {0.95, 0.95}, 2.4, 8);
        Decision active = decide(slower, POLICY + String.format(Locale.ROOT, override, "2026-04-01"));
        assertThat(active.overall().action()).isEqualTo(Action.SHIP);
        assertThat(active.notices())
                .anySatisfy(
                        text -> assertThat(text).startsWith("Override in force").contains("Ada and Grace"));
        assertThat(active.rules())
                .anySatisfy(rule -> assertThat(rule.overridden()).contains("until 2026-04-01"));
        Decision expired = decide(slower, POLICY + String.format(Locale.ROOT, override, "2026-03-01"));
        assertThat(expired.overall().action()).isEqualTo(Action.OPTIMIZE);
        assertThat(expired.notices()).anySatisfy(text -> assertThat(text).startsWith("Override expired"));
    }

    @Test
    void aStaleCalibrationPassesNothingAndAMarginInsideTheNoiseIsRefused() {
        GateInputs inputs = SampleRuns.inputs(BASE, SampleRuns.run(300, EVEN, 1.5, 2), POLICY);
        var stale = new CalibrationFound(
                CalibrationFound.State.STALE,
                "it is 40 days old, of 30 allowed",
                Optional.of(SampleRuns.DAY),
                List.of());
        Decision decision = Decider.decide(SampleRuns.with(inputs, stale, 1));
        assertThat(decision.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(decision.overall().change())
                .anySatisfy(text -> assertThat(text).contains("40 days old"));
        Noise noise = Noise.of("latency.mean", CohortKey.OVERALL, new double[] {2, 2.2, 1.9, 2.1, 2.05});
        var noisy = new CalibrationFound(
                CalibrationFound.State.USABLE, "5 runs", Optional.of(SampleRuns.DAY), List.of(noise));
        Decision refused = Decider.decide(SampleRuns.with(inputs, noisy, 1));
        assertThat(refused.overall().change())
                .anySatisfy(text -> assertThat(text).contains("inside the noise of A/A runs"));
    }

    @Test
    void aMetricWithTwoModesOnlyAdvises() {
        Noise modes = Noise.of("latency.mean", CohortKey.OVERALL, new double[] {1, 1.01, 3, 3.01, 1.02, 3.02});
        assertThat(modes.modes()).isEqualTo(Calibration.Modes.TWO);
        GateInputs slower = SampleRuns.inputs(BASE, SampleRuns.run(300, new double[] {0.95, 0.95}, 2.4, 9), POLICY);
        var found = new CalibrationFound(
                CalibrationFound.State.USABLE, "6 runs", Optional.of(SampleRuns.DAY), List.of(modes));
        assertThat(Decider.decide(SampleRuns.with(slower, found, 1)).rules())
                .filteredOn(rule -> rule.rule().startsWith("latency.mean <="))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.role()).isEqualTo(Rule.Role.ADVISORY);
                    assertThat(rule.sentence()).contains("two groups");
                });
    }

    @Test
    void moreLooksAskForMoreEvidence() {
        GateInputs inputs = SampleRuns.inputs(BASE, SampleRuns.run(300, EVEN, 1.5, 2), POLICY);
        var usable =
                new CalibrationFound(CalibrationFound.State.USABLE, "5 runs", Optional.of(SampleRuns.DAY), List.of());
        assertThat(Decider.decide(SampleRuns.with(inputs, usable, 30)).notices())
                .anySatisfy(text -> assertThat(text).contains("look 30").contains("0.00167 instead of 0.0500"));
    }

    @Test
    void theRecordedDecisionFitsItsSchemaAndGivesTheSameBytesAgain() throws IOException {
        GateInputs inputs = SampleRuns.inputs(
                BASE,
                SampleRuns.run(300, new double[] {0.95, 0.5}, 1.5, 3),
                POLICY + "advisory:\n  - latency.p99 <= baseline + 5 %\n  - adherence >= baseline\n",
                new FalseWin("fewer-steps", FalseWin.Severity.NOTICE, "4 steps", "look"));
        GateInputs full = new GateInputs(
                inputs.runs(),
                inputs.policy(),
                inputs.day(),
                2,
                inputs.conditions(),
                inputs.falseWins(),
                inputs.findings(),
                List.of(new GateInputs.Movement(
                        "cost.per-image",
                        CohortKey.OVERALL,
                        0.1,
                        0.2,
                        new Interval(0.05, Double.POSITIVE_INFINITY, 0.95),
                        "USD",
                        Optional.of(Direction.LOWER_IS_BETTER))),
                List.of(),
                Optional.of(new CalibrationFound(
                        CalibrationFound.State.USABLE,
                        "5 runs",
                        Optional.of(SampleRuns.DAY),
                        List.of(Noise.of("usable.rate", PORTRAITS, new double[] {0.8, 0.81})))));
        Decision decision = Decider.decide(full);
        assertThat(decision.leads()).anySatisfy(lead -> assertThat(lead.look()).contains("upscale passes"));
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new ObjectMapper()
                        .readTree(Files.readString(Path.of(System.getProperty("touchstone.home"))
                                .resolve("docs/schema/decision-1.json"))));
        assertThat(schema.validate(new ObjectMapper().readTree(DecisionStore.text(decision))))
                .isEmpty();
        Path file = folder.resolve("decision.json");
        DecisionStore.write(decision, file);
        assertThat(DecisionStore.text(Decider.decide(DecisionStore.inputs(file))))
                .isEqualTo(DecisionStore.text(decision));
    }

    @Test
    void aStandardisedOverallIsNotMovedByTheMix() {
        String policy = """
                schema_version: 1
                rules: [usable.rate >= baseline - 10 points]
                weights: {axis: workflow, shares: {edits: 0.5, portrait-realism: 0.5}}
                """;
        Decision decision = decide(SampleRuns.run(300, new double[] {0.9, 0.7}, 2, 10), policy);
        assertThat(decision.inputs().findings().get(0)).isInstanceOfSatisfying(Finding.Measured.class, measured -> {
            assertThat(measured.tested().method()).endsWith("fixed cohort weights");
            assertThat(measured.tested().value()).isBetween(-0.05, 0.05);
        });
    }

    @Test
    void aSelfTestRaisesFewAlarmsAndSeesAPlantedLoss() {
        String policy =
                "schema_version: 1\nrules: [usable.rate >= baseline - 1 points, latency.mean <= baseline + 3 %]\n";
        List<SelfTest.Rate> rates = new SelfTest(BASE, "policy.yaml", policy, 1).rates(60);
        assertThat(rates.get(0).failed()).isLessThanOrEqualTo(7);
        assertThat(rates).anySatisfy(rate -> {
            assertThat(rate.fault()).isEqualTo(SelfTest.Fault.USABLE_10);
            assertThat(rate.failed()).isGreaterThan(20);
        });
    }
}
