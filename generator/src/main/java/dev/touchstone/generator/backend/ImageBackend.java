package dev.touchstone.generator.backend;

import dev.touchstone.generator.phase.PhaseObserver;
import java.util.Optional;
import java.util.SortedMap;

/** A loaded model, or a server that was met, that answers requests. */
public interface ImageBackend extends AutoCloseable {

    /**
     * What identifies the pictures this back end makes, for the run header: model id, version, weights digest, runtime,
     * runtime version, device, precision, and why that runtime was taken. The key {@code runtime} names the runtime. A run
     * is only finished by a back end of the same identity; keys that end in {@code Reason} explain and are not compared.
     */
    SortedMap<String, String> identity();

    /** What it takes, now that it is open; never more than the provider said of the same settings. */
    default BackendCapabilities capabilities() {
        return BackendCapabilities.all();
    }

    /**
     * Makes all images of a request. Reports {@code encoding, sampling, decoding} (and what else it knows) to the observer; the
     * caller reports the phases around them and, from inside the sink, {@code saving}, which a
     * server that saves pictures of its own reports as well. Observer and sink are called from the
     * thread that calls this. Called from several threads at once only as far as {@link BackendCapabilities.Load#concurrency}
     * allows.
     *
     * @throws BackendException if the request cannot be served; images handed to the sink before stay valid
     */
    void generate(ImageRequest request, PhaseObserver phases, ImageSink sink);

    /** What is tried before the first request, where a server must show that it does what it says. */
    default Optional<Probe> probe() {
        return Optional.empty();
    }

    /** Tries something before anything counts. What it draws is thrown away; its attempts are recorded and paid for. */
    interface Probe {

        /**
         * Tries it.
         *
         * @param like a request such as those that follow
         * @throws BackendException if what follows would be worth nothing; the run stops
         */
        void run(ImageRequest like, PhaseObserver phases, ImageSink sink);
    }

    /**
     * Asks running requests to end soon, each with a {@link BackendException} or what its observer throws; called from another
     * thread, at any time, any number of times. A back end whose observer is called several times a second need not do more.
     */
    default void cancel() {}

    @Override
    void close();
}
