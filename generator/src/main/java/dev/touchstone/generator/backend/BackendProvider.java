package dev.touchstone.generator.backend;

/**
 * A kind of back end, found through {@link java.util.ServiceLoader}. Stateless; what it says about settings it says without
 * loading a model or asking a server, so that a manifest is checked before anything is started.
 */
public interface BackendProvider {

    /** Stable name in manifests, {@code [a-z0-9-]+}: the id of the model, or of the kind of server. */
    String name();

    /** How requests reach the model: the value of {@code serving.path} in manifests and run headers. */
    ServingPath servingPath();

    /** What {@code serving.options} may hold. */
    OptionsSchema options();

    /**
     * What the back end takes.
     *
     * @param settings options checked against {@link #options}
     * @throws BackendException if the options contradict each other
     */
    BackendCapabilities capabilities(BackendSettings settings);

    /**
     * SHA-256 of everything that makes the model what it is (weights, vocabulary, graph, way of sampling), lower-case hex,
     * read without loading it; part of the digest of what can change a picture. Options with {@link OptionsSchema.Effect#PICTURE}
     * are added by the caller. A server that does not say what it runs has the digest of the model's id and version.
     *
     * @throws BackendException if there is no such version
     */
    String modelDigest(BackendSettings settings);

    /**
     * Loads the model, or meets the server.
     *
     * @throws BackendException if there is no such version, runtime or precision, or it cannot be loaded or reached here
     */
    ImageBackend open(BackendSettings settings);

    /** How requests reach a model. */
    enum ServingPath {
        /** The model runs inside Touchstone. */
        IN_PROCESS("in-process"),
        /** A server answers over the network. */
        HTTP("http"),
        /** A program is started. */
        COMMAND("command"),
        /** Pictures that were made elsewhere are taken in. */
        FILES("files");

        private final String id;

        ServingPath(String id) {
            this.id = id;
        }

        /** The name in manifests and records. */
        public String id() {
            return id;
        }
    }
}
