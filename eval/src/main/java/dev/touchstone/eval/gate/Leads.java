package dev.touchstone.eval.gate;

import dev.touchstone.eval.gate.Decision.Lead;
import dev.touchstone.eval.gate.GateInputs.Movement;
import dev.touchstone.eval.result.CohortKey;
import dev.touchstone.generator.prompt.CohortAxis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where to look first when a number moved to the worse. A lead appears for a movement that was measured, and names it. */
final class Leads {

    private static final String LATENCY = "latency.end-to-end.mean";
    private static final String PHASE = "latency.phase.";

    private final List<Movement> movements;

    private Leads(List<Movement> movements) {
        this.movements = movements;
    }

    static List<Lead> of(GateInputs inputs) {
        Leads leads = new Leads(inputs.movements());
        List<Lead> found = new ArrayList<>();
        leads.latency(found);
        leads.throughput(found);
        leads.perception(found, inputs.conditions().variables());
        leads.rerolls(found);
        leads.cost(found);
        leads.oneWorkflow(found);
        return found;
    }

    private void latency(List<Lead> found) {
        Optional<Movement> slower = overall(one -> one.metric().equals(LATENCY) && one.worse());
        slower.ifPresent(movement -> {
            List<String> look = new ArrayList<>();
            StringBuilder evidence = new StringBuilder(said(movement));
            if (overall(one -> one.metric().equals("work.steps") && one.candidate() > one.base())
                    .isPresent()) {
                look.add("steps");
                evidence.append("; more steps per request");
            }
            if (overall(one -> one.metric().equals("latency.step.mean") && one.worse())
                    .isPresent()) {
                look.addAll(List.of("model", "precision", "sampler"));
                evidence.append("; a step takes longer");
            }
            for (String cold : List.of("loading", "warming")) {
                overall(one -> one.metric().equals(PHASE + cold + ".mean") && one.worse())
                        .ifPresent(one -> {
                            look.add("cold start");
                            evidence.append("; ").append(said(one));
                        });
            }
            for (String place : List.of("model", "sampler", "steps", "precision", "cold start")) {
                if (!look.contains(place)) {
                    look.add(place);
                }
            }
            found.add(new Lead("a single request takes longer", look, evidence.toString()));
        });
    }

    private void throughput(List<Lead> found) {
        overall(one -> (one.metric().equals(PHASE + "queued.mean")
                                || one.metric().startsWith("throughput"))
                        && one.worse())
                .ifPresent(movement -> found.add(new Lead(
                        "requests wait longer",
                        List.of("batching", "queue", "workers", "saturation"),
                        said(movement))));
    }

    private void perception(List<Lead> found, List<String> variables) {
        overall(one -> one.worse()
                        && (base(one.metric()).equals("kid")
                                || base(one.metric()).equals("fid")
                                || base(one.metric()).startsWith("lpips-t")
                                || base(one.metric()).startsWith("lpips-r")))
                .ifPresent(movement -> found.add(new Lead(
                        "pictures moved away from the reference",
                        List.of("quantisation", "scheduler", "prompt parser", "post-processing"),
                        said(movement) + (variables.isEmpty() ? "" : "; changed: " + String.join(", ", variables)))));
    }

    private void rerolls(List<Lead> found) {
        overall(one -> one.metric().equals("usable.rate") && one.worse()).ifPresent(movement -> {
            String adherence = overall(one -> base(one.metric()).equals("adherence") && one.worse())
                    .map(one -> "; " + said(one))
                    .orElse("");
            found.add(new Lead(
                    "more rerolls until a picture is usable",
                    List.of("adherence", "consistency between seeds", "the first result"),
                    said(movement) + adherence));
        });
    }

    private void cost(List<Lead> found) {
        Optional<Movement> dearer = overall(one -> one.metric().equals("cost.per-image") && one.worse());
        boolean gain = overall(one -> one.better()
                        && (one.metric().equals("usable.rate")
                                || base(one.metric()).equals("adherence")))
                .isPresent();
        if (dearer.isPresent() && !gain) {
            found.add(new Lead(
                    "pictures cost more without a gain that shows",
                    List.of("defaults", "resolution", "upscale passes"),
                    said(dearer.get()) + "; neither usable rate nor adherence is surely better"));
        }
    }

    private void oneWorkflow(List<Lead> found) {
        List<Movement> worse = movements.stream()
                .filter(one -> one.worse()
                        && one.cohort().labels().size() == 1
                        && one.cohort().labels().containsKey(CohortAxis.WORKFLOW)
                        && quality(one.metric()))
                .toList();
        List<CohortKey> cohorts =
                worse.stream().map(Movement::cohort).distinct().toList();
        if (cohorts.size() == 1) {
            found.add(new Lead(
                    "one workflow only is worse",
                    List.of("split routing: keep " + Words.cohort(cohorts.get(0)) + " on the prior"),
                    said(worse.get(0))));
        }
    }

    private static boolean quality(String metric) {
        return metric.equals("usable.rate")
                || base(metric).equals("adherence")
                || base(metric).startsWith("lpips-t");
    }

    private Optional<Movement> overall(Predicate<Movement> wanted) {
        return movements.stream()
                .filter(one -> one.cohort().equals(CohortKey.OVERALL))
                .filter(wanted)
                .findFirst();
    }

    private static String base(String metric) {
        int bracket = metric.indexOf('[');
        return bracket < 0 ? metric : metric.substring(0, bracket);
    }

    private static String said(Movement movement) {
        return movement.metric() + " of " + Words.cohort(movement.cohort()) + " went from "
                + Words.number(movement.base(), movement.unit()) + " to "
                + Words.number(movement.candidate(), movement.unit()) + " (difference "
                + Words.interval(movement.difference()) + ")";
    }
}
