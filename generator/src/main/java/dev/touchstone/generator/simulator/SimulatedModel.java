package dev.touchstone.generator.simulator;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.generator.simulator.CohortTruth.Phases;
import dev.touchstone.generator.simulator.JobObserver.JobPhase;
import dev.touchstone.generator.simulator.Ledger.DrawnPicture;
import dev.touchstone.generator.simulator.Ledger.Served;
import dev.touchstone.generator.simulator.Ledger.ServiceTimes;
import dev.touchstone.generator.simulator.SimulatorSettings.Cache;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** The model behind every dialect: draws pictures in true phases, in a queue of its own, and enters all of it in the ledger. Thread-safe. */
final class SimulatedModel {

    /** The seed of servers that read none. */
    private static final long IGNORANT_SEED = 42;

    private final SimulatorSettings settings;
    private final Ledger ledger;
    private final Semaphore slots;
    private final Map<String, Integer> tries = new HashMap<>();
    private final Map<String, List<byte[]>> kept = new ConcurrentHashMap<>();
    private boolean cold = true;

    SimulatedModel(SimulatorSettings settings, Ledger ledger) {
        this.settings = settings;
        this.ledger = ledger;
        this.slots = new Semaphore(settings.capacity().slots(), true);
    }

    /**
     * What came of a job.
     *
     * @param pictures PNG files, in order
     * @param times how long it took
     */
    record Drawn(List<byte[]> pictures, ServiceTimes times) {
        Drawn {
            pictures = List.copyOf(pictures);
        }
    }

    /** What goes wrong with this try of a request; counts the try. */
    Optional<Fault> fault(String request) {
        int attempt;
        synchronized (tries) {
            attempt = tries.merge(request, 1, Integer::sum) - 1;
        }
        return settings.faults().strike(request, attempt);
    }

    /** Whether policy refuses the prompt, by its cohort's rate or because it goes wrong. */
    boolean refuses(Ask ask) {
        double rate = settings.truth(ask.cohort()).moderatedRate();
        return ask.suffers(Fault.MODERATED)
                || new CounterRandom(settings.seed(), "moderated " + ask.prompt(), 0).chance(rate);
    }

    /** Enters a request that draws nothing. */
    void nothing(Ask ask) {
        ledger.add(new Served(ask.request(), ask.cohort(), ask.fault(), List.of(), ServiceTimes.NONE));
    }

    /**
     * Does a job: waits for a slot, then takes the time that the truth says.
     *
     * @throws IOException if the observer says that who asked has gone, or the simulator is closed
     */
    Drawn draw(Ask ask, JobObserver observer) throws IOException {
        long asked = System.nanoTime();
        observer.enters(JobPhase.QUEUED);
        acquire();
        try {
            long begun = System.nanoTime();
            List<byte[]> before = kept.get(ask.request());
            if (before != null) {
                return enter(
                        ask,
                        before,
                        new ServiceTimes(
                                Duration.ofNanos(begun - asked),
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO));
            }
            Clock clock = new Clock(begun);
            Duration loading = loading(observer, clock);
            Phases phases = settings.truth(ask.cohort()).phases();
            double factor = factor(ask, phases.spread());
            observer.enters(JobPhase.ENCODING);
            Duration encoding = clock.pass(phases.encoding(), factor);
            observer.enters(JobPhase.SAMPLING);
            Duration sampling = Duration.ZERO;
            int steps = ask.steps().orElse(phases.steps());
            for (int step = 0; step < steps; step++) {
                sampling = sampling.plus(clock.pass(phases.step(), factor));
                observer.step(step + 1, steps);
            }
            observer.enters(JobPhase.DECODING);
            Duration decoding = Duration.ZERO;
            List<byte[]> pictures = new ArrayList<>();
            for (int index = 0; index < ask.count(); index++) {
                pictures.add(PngFile.encode(picture(ask, index)));
                decoding = decoding.plus(clock.pass(phases.decoding(), factor));
            }
            if (settings.capacity().cache() == Cache.ON) {
                kept.put(ask.request(), pictures);
            }
            return enter(
                    ask,
                    pictures,
                    new ServiceTimes(Duration.ofNanos(begun - asked), loading, encoding, sampling, decoding));
        } finally {
            slots.release();
        }
    }

    private void acquire() throws InterruptedIOException {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the simulator is closed");
        }
    }

    private Duration loading(JobObserver observer, Clock clock) throws IOException {
        synchronized (this) {
            if (!cold) {
                return Duration.ZERO;
            }
            cold = false;
        }
        observer.enters(JobPhase.LOADING);
        return clock.pass(settings.capacity().coldStart(), 1);
    }

    private double factor(Ask ask, double spread) {
        return Math.exp(spread * new CounterRandom(settings.seed(), "time " + ask.request(), 0).nextGaussian());
    }

    private Drawn enter(Ask ask, List<byte[]> pictures, ServiceTimes times) {
        List<DrawnPicture> drawn = new ArrayList<>();
        for (int index = 0; index < pictures.size(); index++) {
            drawn.add(new DrawnPicture(Sha256.of(pictures.get(index)), usable(ask, index)));
        }
        ledger.add(new Served(ask.request(), ask.cohort(), ask.fault(), drawn, times));
        return new Drawn(pictures, times);
    }

    private boolean usable(Ask ask, int index) {
        return new CounterRandom(settings.seed(), "usable " + ask.prompt() + " " + seed(ask), drawnIndex(ask, index))
                .chance(settings.truth(ask.cohort()).usableRate());
    }

    private RgbImage picture(Ask ask, int index) {
        int width = ask.suffers(Fault.WRONG_SIZE) ? ask.widthPixels() + 28 : ask.widthPixels();
        RgbImage drawn = SceneArtist.draw(ask.prompt(), seed(ask), drawnIndex(ask, index), width, ask.heightPixels());
        RgbImage shown = usable(ask, index) ? drawn : SceneArtist.spoilt(drawn);
        return ask.edit()
                .filter(edit -> !ask.suffers(Fault.WRONG_SIZE))
                .flatMap(edit -> edit.mask().map(mask -> SceneArtist.merged(shown, edit.input(), mask)))
                .orElse(shown);
    }

    private static long seed(Ask ask) {
        return ask.suffers(Fault.IGNORED_SEED) ? IGNORANT_SEED : ask.seed();
    }

    private static int drawnIndex(Ask ask, int index) {
        return ask.suffers(Fault.REPEATED_PICTURE) ? 0 : index;
    }

    /** Lets time pass up to planned moments, so that being late once does not add up. */
    private static final class Clock {

        private long due;

        Clock(long begun) {
            this.due = begun;
        }

        Duration pass(Duration planned, double factor) throws InterruptedIOException {
            long before = due;
            due += Math.round(planned.toNanos() * factor);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("the simulator is closed");
                }
            }
            // Drawing takes time of its own; what is late is not made up for.
            due = Math.max(due, System.nanoTime());
            return Duration.ofNanos(due - before);
        }
    }
}
