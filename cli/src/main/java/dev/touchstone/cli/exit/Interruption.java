package dev.touchstone.cli.exit;

import dev.touchstone.generator.run.StopSignal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C and SIGTERM. A command that watches is asked to stop where its files are consistent, and the process ends with the signal's
 * status when it has; one that does not, or takes longer than {@value #PATIENCE_MILLIS} ms, is ended at once, as is everything at the
 * second signal. Run folders survive either.
 */
public final class Interruption {

    /** Longest wait for a stage to come to a place where it can stop: a network that loads takes up to two seconds. */
    static final long PATIENCE_MILLIS = 4_000;

    private static final Interruption PROCESS = new Interruption();

    private final StopSignal stop = new StopSignal();
    private final AtomicReference<ProcessSignal> received = new AtomicReference<>();
    private volatile boolean watched;
    private volatile boolean leaving;

    private Interruption() {}

    /** Takes the signals over for the rest of the process. */
    public static void install() {
        ProcessSignal.receive(PROCESS::receive);
    }

    /** The stages of this command look at the signal from now on. */
    public static Interruption watch() {
        PROCESS.watched = true;
        return PROCESS;
    }

    /** What the stages look at. */
    public StopSignal signal() {
        return stop;
    }

    /** The command is done: a signal that comes now changes nothing. */
    public static void leave() {
        PROCESS.leaving = true;
    }

    /** What the process ends with because of a signal, if one came. */
    public static Optional<ExitCode> code() {
        return Optional.ofNullable(PROCESS.received.get()).map(ProcessSignal::code);
    }

    private void receive(ProcessSignal signal) {
        if (leaving) {
            return;
        }
        boolean first = received.compareAndSet(null, signal);
        stop.request();
        if (first && watched) {
            waitForTheCommand();
            if (leaving) {
                return;
            }
        }
        System.err.println(System.lineSeparator() + signal.code().lastLine());
        System.err.flush();
        signal.endProcess();
    }

    private void waitForTheCommand() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!leaving && System.nanoTime() < end) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
