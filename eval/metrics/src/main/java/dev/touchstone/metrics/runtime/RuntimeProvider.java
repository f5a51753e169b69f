package dev.touchstone.metrics.runtime;

import java.util.Set;

/** A tensor library's door. Found through {@link java.util.ServiceLoader}; must construct without touching the library. */
public interface RuntimeProvider {

    /** Name in manifests, {@code [a-z0-9-]+}. */
    String name();

    /** Precisions it can compute in. */
    Set<Precision> precisions();

    /** Loads the library and tries a small sum on its device. Does not throw; a failure is in the report. */
    RuntimeReport probe();

    /**
     * Builds a network.
     *
     * @throws TensorRuntimeException if the library does not load here or refuses the network
     */
    TensorRuntime load(Network network, RuntimeSettings settings);
}
