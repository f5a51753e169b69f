package dev.touchstone.generator.backend;

import dev.touchstone.generator.phase.PhaseObserver;
import java.util.SortedMap;

/** A loaded model that answers requests. One request at a time unless the provider says otherwise. */
public interface ImageBackend extends AutoCloseable {

    /**
     * What identifies the pictures this back end makes, for the run header: model id, version, weights digest, runtime,
     * runtime version, device, precision, and why that runtime was taken. The key {@code runtime} names the runtime. A run
     * is only finished by a back end of the same identity; keys that end in {@code Reason} explain and are not compared.
     */
    SortedMap<String, String> identity();

    /**
     * Makes all images of a request. Reports {@code encoding, sampling, decoding} to the observer; the caller reports
     * the phases around them and, from inside the sink, {@code saving}.
     *
     * @throws BackendException if the request cannot be served; images handed to the sink before stay valid
     */
    void generate(ImageRequest request, PhaseObserver phases, ImageSink sink);

    @Override
    void close();
}
