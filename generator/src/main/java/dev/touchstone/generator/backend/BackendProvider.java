package dev.touchstone.generator.backend;

/** A kind of back end, found through {@link java.util.ServiceLoader}. */
public interface BackendProvider {

    /** Stable name in manifests, {@code [a-z0-9-]+}: the id of the model, or of the kind of server. */
    String name();

    /**
     * SHA-256 of everything that makes the model what it is (weights, vocabulary, graph, way of sampling), lower-case hex,
     * read without loading it; part of the digest of what can change a picture.
     *
     * @throws BackendException if there is no such version
     */
    String modelDigest(BackendSettings settings);

    /**
     * Loads the model.
     *
     * @throws BackendException if there is no such version, runtime or precision, or it cannot be loaded here
     */
    ImageBackend open(BackendSettings settings);
}
