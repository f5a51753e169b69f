package dev.touchstone.generator.simulator;

import java.util.Locale;

/** What can go wrong with one request. A dialect that has no such thing serves the request as if nothing were wrong. */
public enum Fault {
    /** Pictures are drawn, and the answer never comes. */
    SILENCE,
    /** The connection is reset before anything is drawn. */
    RESET_BEFORE,
    /** Pictures are drawn, and the connection is reset where the answer should begin. */
    RESET_AFTER,
    /** The answer ends in its middle. */
    TRUNCATED_BODY,
    /** The answer comes a few bytes at a time, too slowly to be waited for. */
    SLOW_DRIP,
    /** Status 200 with a page for people. */
    WRONG_TYPE,
    /** 429 with {@code Retry-After}. */
    RATE_LIMITED,
    /** 503 without a word. */
    UNAVAILABLE,
    /** 500 with a bare string where an error object is expected. */
    BARE_ERROR,
    /** Refused by policy. */
    MODERATED,
    /** A picture of another size than asked. */
    WRONG_SIZE,
    /** One picture fewer than asked. */
    FEWER_IMAGES,
    /** Every picture of the answer is the same. */
    REPEATED_PICTURE,
    /** The picture of seed 42, whatever seed was asked. */
    IGNORED_SEED,
    /** Bytes that are no picture. */
    NOT_A_PICTURE,
    /** A whole answer where a stream was asked. */
    JSON_FOR_STREAM,
    /** Everything is said twice. */
    DUPLICATE,
    /** The job is forgotten without a word. */
    VANISHED_JOB,
    /** The message that ends a job comes late. */
    LATE_TERMINAL;

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
