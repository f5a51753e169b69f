package dev.touchstone.eval.gate;

import dev.touchstone.eval.compare.RunSamples;
import dev.touchstone.eval.gate.Calibration.Binding;
import dev.touchstone.eval.gate.Calibration.Noise;
import dev.touchstone.eval.gate.GateMetric.Statistic;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.run.RunHeader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Measures how much runs of the same thing differ. */
public final class CalibrationStage {

    private CalibrationStage() {}

    /** What a run was made with. */
    public static Binding binding(RunHeader header) {
        SortedMap<String, String> model = header.model();
        String weights = model.getOrDefault(
                "weights", model.getOrDefault("weightsDigest", header.digests().generation()));
        StringBuilder engine = new StringBuilder();
        model.forEach((key, value) -> {
            if (!key.toLowerCase(java.util.Locale.ROOT).contains("weights")) {
                engine.append(engine.isEmpty() ? "" : ", ")
                        .append(key)
                        .append(' ')
                        .append(value);
            }
        });
        return new Binding(
                weights, engine.toString(), header.environment().hardware().hardwareClass());
    }

    /**
     * The noise of every metric that all runs have, over all prompts and in every cohort.
     *
     * @param runs at least five, of the same prompts
     * @throws IllegalArgumentException if there are fewer
     */
    public static Calibration measure(List<RunSamples> runs, Binding binding, LocalDate day) {
        List<Noise> noises = new ArrayList<>();
        if (runs.size() >= Calibration.FEWEST_RUNS) {
            for (CohortKey cohort : runs.get(0).cohorts()) {
                for (String name : GateMetric.names()) {
                    GateMetric metric = GateMetric.named(name).orElseThrow();
                    if (metric.statistic() != Statistic.COMPARED && metric.statistic() != Statistic.SHOWN) {
                        noise(runs, metric, cohort).ifPresent(noises::add);
                    }
                }
            }
        }
        return new Calibration(day, binding, runs.stream().map(RunSamples::name).toList(), noises);
    }

    private static Optional<Noise> noise(List<RunSamples> runs, GateMetric metric, CohortKey cohort) {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            PairedRuns alone = new PairedRuns(runs.get(i), runs.get(i), Optional.empty());
            RuleEvidence.Answer own = new RuleEvidence(alone, metric, cohort, alone.pairs(cohort)).own();
            if (own.estimate().isEmpty()) {
                return Optional.empty();
            }
            values[i] = own.estimate().get().value();
        }
        return Optional.of(Noise.of(metric.name(), cohort, values));
    }
}
