package dev.touchstone.metrics.weights.store;

/** What to do with a file that has the right tensors and a digest that nobody published. */
public enum DigestPolicy {
    /** Refuse it: its numbers would carry a wrong name. */
    PUBLISHED_ONLY,
    /** Take it, for research weights; numbers carry its own digest. */
    ALLOW_UNKNOWN
}
