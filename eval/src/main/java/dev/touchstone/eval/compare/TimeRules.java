package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.eval.compare.RunSamples.Samples;
import dev.touchstone.generator.run.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules about clocks, attempts and machines. */
final class TimeRules {

    /** A request that took this many times the median is a machine that slept, not a slow request. */
    private static final double SLEPT = 100;

    /** Clock readings are whole microseconds. */
    private static final double SLACK_SECONDS = 1e-5;

    private TimeRules() {}

    static Optional<Finding> retriesHidden(RuleInput in) {
        int before = in.base().time().failedAttempts();
        int after = in.candidate().time().failedAttempts();
        return after <= before
                ? Optional.empty()
                : Finding.suspect(
                        "%d attempts of the candidate ended without being the one that counts, %d of the base; latencies are"
                                + " those of the last attempt",
                        after, before);
    }

    static Optional<Finding> clockJumped(RuleInput in) {
        List<String> found = new ArrayList<>();
        jumps("base", in.base(), found);
        jumps("candidate", in.candidate(), found);
        return found.isEmpty() ? Optional.empty() : Finding.suspect("%s", String.join("; ", found));
    }

    private static void jumps(String side, ComparedRun run, List<String> found) {
        int back = 0;
        Optional<Samples> other = run.samples().of(Measure.OTHER.id());
        Optional<Samples> service = run.samples().of(Measure.SERVICE.id());
        if (service.isEmpty()) {
            return;
        }
        double[] seconds = all(service.get());
        for (double one : seconds) {
            back += one <= 0 ? 1 : 0;
        }
        if (back > 0) {
            found.add("the " + side + " has " + back + " requests that ended before they began");
        }
        if (other.isPresent()) {
            double[] rest = all(other.get());
            int over = 0;
            for (int i = 0; i < rest.length; i++) {
                over += rest[i] < -SLACK_SECONDS ? 1 : 0;
            }
            if (over > 0) {
                found.add("the " + side + " has " + over + " requests whose phases took longer than they did");
            }
        }
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        int slept = 0;
        for (double one : seconds) {
            slept += median > 0 && one > SLEPT * median ? 1 : 0;
        }
        if (slept > 0) {
            found.add("the " + side + " has " + slept + " requests of more than " + (int) SLEPT
                    + " times the median, as if the machine had slept");
        }
    }

    private static double[] all(Samples samples) {
        int[] prompts = new int[samples.values().prompts()];
        Arrays.setAll(prompts, i -> i);
        return samples.values().of(prompts);
    }

    static Optional<Finding> otherMachine(RuleInput in) {
        Host before = in.base().header().host();
        Host after = in.candidate().header().host();
        boolean other = !before.processor().equals(after.processor()) || before.logicalCores() != after.logicalCores();
        return other && !in.declared("hardware.class")
                ? Finding.notice(
                        "both are called %s, but the base ran on %s with %d cores and the candidate on %s with %d",
                        in.candidate().header().environment().hardware().hardwareClass(),
                        before.processor(),
                        before.logicalCores(),
                        after.processor(),
                        after.logicalCores())
                : Optional.empty();
    }
}
