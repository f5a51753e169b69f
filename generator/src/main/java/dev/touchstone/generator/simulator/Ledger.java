package dev.touchstone.generator.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a simulator truly did: the ground truth that measurements are held against. Thread-safe. */
public final class Ledger {

    private final List<Served> served = new ArrayList<>();

    /**
     * One request.
     *
     * @param request what makes the request itself
     * @param cohort whose truth held
     * @param fault what went wrong
     * @param pictures what was drawn, and would be charged for
     * @param times how long it truly took
     */
    public record Served(
            String request, String cohort, Optional<Fault> fault, List<DrawnPicture> pictures, ServiceTimes times) {
        public Served {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * One picture.
     *
     * @param sha256 of the PNG file
     * @param usable whether it shows what was asked
     */
    public record DrawnPicture(String sha256, boolean usable) {}

    /** How long a request truly took; a phase that did not occur took no time. */
    public record ServiceTimes(
            Duration queued, Duration loading, Duration encoding, Duration sampling, Duration decoding) {

        /** Nothing was done. */
        public static final ServiceTimes NONE =
                new ServiceTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    synchronized void add(Served one) {
        served.add(one);
    }

    /** All requests so far, in the order in which they ended. */
    public synchronized List<Served> served() {
        return List.copyOf(served);
    }

    /** Pictures that were drawn so far. */
    public synchronized long pictures() {
        return served.stream().mapToLong(one -> one.pictures().size()).sum();
    }
}
