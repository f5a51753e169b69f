package dev.touchstone.cli;

import dev.touchstone.generator.run.StopSignal;

/**
 * Ctrl-C and SIGTERM: the stages are asked to stop where their files are consistent, and the process waits for that a while. The JVM
 * then ends with status 130 or 143 by itself.
 */
public final class Interruption {

    private static final long PATIENCE_MILLIS = 20_000;

    private final StopSignal stop = new StopSignal();

    private Interruption() {}

    /** Watches from now on; the calling thread is the one that is waited for. */
    public static Interruption watch() {
        Interruption interruption = new Interruption();
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (main.isAlive() && !Main.leaving()) {
                interruption.stop.request();
                try {
                    main.join(PATIENCE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }));
        return interruption;
    }

    /** What the stages look at. */
    public StopSignal signal() {
        return stop;
    }
}
