package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Unmeasured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.inference.Estimate;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.inference.PairedQuantileEstimate;
import dev.touchstone.eval.inference.StudentEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Every paired difference of a cohort that follows from the values of the two runs alone. */
final class PairedDifferences {

    /** Quantiles of the times of requests, by the end of their ids. */
    private static final Map<String, Double> QUANTILES = quantiles();

    private static final String T = "paired by prompt, t over prompts";
    private static final String SAMPLING = "latency.phase.sampling";

    private final RunSamples base;
    private final RunSamples candidate;
    private final double level;

    PairedDifferences(RunSamples base, RunSamples candidate, double level) {
        this.base = base;
        this.candidate = candidate;
        this.level = level;
    }

    private static Map<String, Double> quantiles() {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("p50", 0.5);
        quantiles.put("p90", 0.9);
        quantiles.put("p95", 0.95);
        quantiles.put("p99", 0.99);
        return quantiles;
    }

    List<Difference> of(Pairing pairs) {
        List<Difference> differences = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>(base.measures().keySet());
        ids.addAll(candidate.measures().keySet());
        for (String id : ids) {
            Optional<Samples> before = base.of(id);
            Optional<Samples> after = candidate.of(id);
            if (before.isEmpty() || after.isEmpty()) {
                differences.add(new Unmeasured(
                        shownAs(id),
                        Use.DECIDES,
                        "only the " + (before.isEmpty() ? "candidate" : "base") + " has it",
                        0));
            } else {
                differences.addAll(measure(before.get(), after.get(), pairs));
            }
        }
        differences.addAll(new WorkSplit(base, candidate, level).of(pairs));
        differences.addAll(new CostDifferences(base, candidate, level).of(pairs));
        return differences;
    }

    private static String shownAs(String id) {
        if (id.equals(Measure.USABLE.id()) || id.equals(Measure.DELIVERED.id())) {
            return id + ".rate";
        }
        return id.startsWith("latency.") ? id + ".mean" : id;
    }

    private List<Difference> measure(Samples before, Samples after, Pairing pairs) {
        Measure measure = after.measure();
        if (!before.measure().unit().equals(measure.unit())) {
            return List.of(new Unmeasured(
                    shownAs(measure.id()),
                    Use.DECIDES,
                    "the base has it in " + before.measure().unit() + ", the candidate in " + measure.unit(),
                    0));
        }
        if (measure.id().equals(Measure.COST)) {
            return List.of(); // per image and per usable image, which is what people pay for
        }
        if (measure.id().equals(Measure.USABLE.id()) || measure.id().equals(Measure.DELIVERED.id())) {
            return List.of(share(before, after, pairs));
        }
        PairedMeans means = PairedMeans.of(before.values(), after.values(), pairs);
        List<Difference> all = new ArrayList<>(List.of(mean(measure, means)));
        boolean whole = measure.equals(Measure.END_TO_END) || measure.equals(Measure.FIRST_IMAGE);
        if (whole || measure.id().equals(SAMPLING)) {
            QUANTILES.forEach((name, probability) -> all.add(quantile(measure, name, probability, means)));
        }
        return all;
    }

    private Difference mean(Measure measure, PairedMeans means) {
        Use use = measure.equals(Measure.STEPS) ? Use.EXPLAINS : Use.DECIDES;
        if (means.prompts() < 2) {
            return tooFew(shownAs(measure.id()), use, means.prompts());
        }
        StudentEstimate estimate = StudentEstimate.of(means.differences(), T);
        return measured(shownAs(measure.id()), use, measure, means, estimate, level);
    }

    private Difference share(Samples before, Samples after, Pairing pairs) {
        Measure measure = after.measure();
        String id = shownAs(measure.id());
        List<double[]> first = new ArrayList<>();
        List<double[]> second = new ArrayList<>();
        int images = 0;
        for (int k = 0; k < pairs.size(); k++) {
            double[] ofBase = before.values().of(pairs.base()[k]);
            double[] ofCandidate = after.values().of(pairs.candidate()[k]);
            if (ofBase.length > 0 && ofCandidate.length > 0) {
                first.add(ofCandidate);
                second.add(ofBase);
                images += ofCandidate.length;
            }
        }
        if (first.size() < 2) {
            return tooFew(id, Use.DECIDES, first.size());
        }
        double[][] ofCandidate = first.toArray(double[][]::new);
        double[][] ofBase = second.toArray(double[][]::new);
        StudentEstimate estimate = StudentEstimate.ofShares(ofCandidate, ofBase);
        PairedMeans means = new PairedMeans(
                Arrays.stream(ofBase).mapToDouble(PairedMeans::mean).toArray(),
                Arrays.stream(ofCandidate).mapToDouble(PairedMeans::mean).toArray(),
                images);
        return measured(id, Use.DECIDES, measure, means, estimate, level);
    }

    private Difference quantile(Measure measure, String name, double probability, PairedMeans means) {
        String id = measure.id() + "." + name;
        int needed = OrderStatistics.minimumCount(probability, level);
        if (means.prompts() < needed) {
            return new Unmeasured(
                    id,
                    Use.DECIDES,
                    "needs " + needed + " requests for limits on both sides, found " + means.prompts(),
                    means.prompts());
        }
        PairedQuantileEstimate estimate = new PairedQuantileEstimate(
                means.candidate(), means.base(), probability, PairedQuantileEstimate.Shift.DIFFERENCE);
        return new Measured(
                id,
                Use.DECIDES,
                measure.unit(),
                measure.direction(),
                quantile(means.base(), probability),
                quantile(means.candidate(), probability),
                estimate.value(),
                Optional.of(estimate.interval(level)),
                estimate.method(),
                means.prompts(),
                means.images());
    }

    private static double quantile(double[] values, double probability) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return OrderStatistics.quantile(sorted, probability);
    }

    static Difference tooFew(String id, Use use, int prompts) {
        return new Unmeasured(id, use, "needs 2 prompts that both runs have a value for, found " + prompts, prompts);
    }

    static Measured measured(String id, Use use, Measure measure, PairedMeans means, Estimate estimate, double level) {
        return new Measured(
                id,
                use,
                measure.unit(),
                measure.direction(),
                PairedMeans.mean(means.base()),
                PairedMeans.mean(means.candidate()),
                estimate.value(),
                Optional.of(estimate.interval(level)),
                estimate.method(),
                means.prompts(),
                means.images());
    }
}
