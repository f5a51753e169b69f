package dev.touchstone.generator.backend;

/** Settings with which a back end works in tests, and what they need; found through {@link java.util.ServiceLoader}. */
public interface BackendContractGround {

    /** Of which provider. */
    String provider();

    /** Starts what is needed, and says how to reach it. */
    BackendSettings settings();

    /** A size that is made. */
    SizeRule.Size size();

    /** Ends what was started. */
    void close();
}
