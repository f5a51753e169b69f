package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.ComparedRun.ClockFacts;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.eval.cost.PriceBook;
import dev.touchstone.generator.phase.EventReader;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.RequestTimeline;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.ImageRecord.RequestTimes;
import dev.touchstone.generator.run.RunFolder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Times, work and cost of requests, from image records and events, in arrays by prompt. */
final class RequestValues {

    private static final String LOAD = "~load";
    private static final double SAME_INSTANT = 2e-6;

    private final RunFolder folder;
    private final PromptSet prompts;
    private final ManifestValues manifest;
    private final boolean[] seen;
    private final boolean[] refused;
    private final boolean[] made;
    private final int[] session;
    private final double[] intended;
    private final double[] sent;
    private final double[] first;
    private final double[] delivered;
    private final double[] held;
    private final int[] charged;
    private final double[] fees;
    private int retries;

    RequestValues(RunFolder folder, PromptSet prompts, ManifestValues manifest) {
        this.folder = folder;
        this.prompts = prompts;
        this.manifest = manifest;
        int n = prompts.size();
        seen = new boolean[n];
        refused = new boolean[n];
        made = new boolean[n];
        session = new int[n];
        intended = new double[n];
        sent = new double[n];
        first = new double[n];
        Arrays.fill(first, Double.NaN);
        delivered = new double[n];
        held = new double[n];
        charged = new int[n];
        fees = new double[n];
    }

    void add(ImageRecord image, int prompt) {
        if (!seen[prompt]) {
            RequestTimes times = image.request();
            seen[prompt] = true;
            session[prompt] = times.session();
            intended[prompt] = times.intendedStartSeconds();
            sent[prompt] = times.sentSeconds();
            delivered[prompt] = times.deliveredSeconds();
            first[prompt] = times.firstImageSeconds().orElse(Double.NaN);
            retries += Math.max(0, times.details().attempts().size() - 1);
            fees[prompt] = times.details().feesAmount();
        }
        if (image instanceof ImageRecord.Complete complete) {
            made[prompt] = true;
            charged[prompt] += complete.selection()
                    .map(chosen -> chosen.candidates().size())
                    .orElse(1);
        } else if (image instanceof ImageRecord.Failed failed) {
            refused[prompt] |= failed.outcome() == ImageRecord.Outcome.FAILED;
            charged[prompt] += failed.outcome() == ImageRecord.Outcome.MODERATED ? 1 : 0;
        }
    }

    /** Reads the events and adds every measure of requests. */
    ClockFacts finish(SortedMap<String, Samples> measures) {
        Times times = new Times();
        EventReader.timelines(folder.eventsFile(), times::add);
        PromptValues.Builder endToEnd = new PromptValues.Builder();
        PromptValues.Builder firstImage = new PromptValues.Builder();
        PromptValues.Builder service = new PromptValues.Builder();
        PromptValues.Builder cost = new PromptValues.Builder();
        String currency = manifest.text("hardware.currency");
        PriceBook prices = new PriceBook(
                manifest.number("hardware.price_per_hour", 0),
                manifest.number("fees.price_per_image", 0),
                currency.isEmpty() ? "XXX" : currency);
        double heldSeconds = Arrays.stream(held).sum();
        for (int p = 0; p < prompts.size(); p++) {
            if (!seen[p]) {
                continue;
            }
            double share = heldSeconds == 0 ? 0 : times.overhead * held[p] / heldSeconds;
            cost.add(p, 0, prices.cost(held[p] + share, charged[p]) + fees[p]);
            if (isAnswered(p)) {
                endToEnd.add(p, 0, micros(delivered[p] - intended[p]));
                service.add(p, 0, micros(delivered[p] - sent[p]));
                if (!Double.isNaN(first[p])) {
                    firstImage.add(p, 0, micros(first[p] - intended[p]));
                }
            }
        }
        int n = prompts.size();
        RunReader.put(measures, Measure.END_TO_END, endToEnd, n);
        RunReader.put(measures, Measure.FIRST_IMAGE, firstImage, n);
        RunReader.put(measures, Measure.SERVICE, service, n);
        RunReader.put(measures, Measure.cost(prices.currency()), cost, n);
        times.phases.forEach((phase, values) -> RunReader.put(measures, Measure.phase(phase), values.filled(), n));
        RunReader.put(measures, Measure.OTHER, times.other, n);
        RunReader.put(measures, Measure.STEPS, times.steps, n);
        RunReader.put(measures, Measure.STEP_SECONDS, times.stepSeconds, n);
        return new ClockFacts(
                Arrays.stream(session).max().orElse(0),
                times.loads,
                times.warmUps,
                times.others + retries,
                times.overhead);
    }

    private boolean isAnswered(int prompt) {
        return made[prompt] && !refused[prompt];
    }

    private static double micros(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    /** What the events say. */
    private final class Times {

        private final Map<Phase, PhaseValues> phases = new EnumMap<>(Phase.class);
        private final PromptValues.Builder other = new PromptValues.Builder();
        private final PromptValues.Builder steps = new PromptValues.Builder();
        private final PromptValues.Builder stepSeconds = new PromptValues.Builder();
        private final boolean[] found = new boolean[prompts.size()];
        private int loads;
        private int warmUps;
        private int others;
        private double overhead;

        void add(RequestTimeline line) {
            if (line.excluded()) {
                overhead += line.heldSeconds();
                loads += line.request().equals(LOAD) ? 1 : 0;
                warmUps += line.request().equals(LOAD) ? 0 : 1;
                return;
            }
            int prompt = prompts.number(line.request());
            if (prompt < 0 || !seen[prompt]) {
                return; // an attempt of a request that has no records, which another session would have made again
            }
            held[prompt] += line.heldSeconds();
            boolean counts = !found[prompt]
                    && line.session() == session[prompt]
                    && Math.abs(line.endSeconds() - delivered[prompt]) < SAME_INSTANT;
            if (!counts) {
                others++;
                return;
            }
            found[prompt] = true;
            if (isAnswered(prompt)) {
                phases(line, prompt);
            }
        }

        private void phases(RequestTimeline line, int prompt) {
            double named = 0;
            for (Map.Entry<Phase, Double> phase : new TreeMap<>(line.phaseSeconds()).entrySet()) {
                phases.computeIfAbsent(phase.getKey(), key -> new PhaseValues()).add(prompt, phase.getValue());
                named += phase.getValue();
            }
            other.add(prompt, 0, micros(delivered[prompt] - sent[prompt] - named));
            if (!line.stepSeconds().isEmpty()) {
                double seconds = 0;
                for (double step : line.stepSeconds()) {
                    seconds += step;
                }
                steps.add(prompt, 0, line.stepSeconds().size());
                stepSeconds.add(prompt, 0, seconds / line.stepSeconds().size());
            }
        }

        /** A phase that a request did not enter took no time of it. */
        private final class PhaseValues {

            private final PromptValues.Builder values = new PromptValues.Builder();
            private final boolean[] entered = new boolean[prompts.size()];

            void add(int prompt, double seconds) {
                entered[prompt] = true;
                values.add(prompt, 0, micros(seconds));
            }

            PromptValues.Builder filled() {
                for (int p = 0; p < entered.length; p++) {
                    if (found[p] && isAnswered(p) && !entered[p]) {
                        values.add(p, 0, 0);
                    }
                }
                return values;
            }
        }
    }
}
