package dev.touchstone.generator.backend.http;

import java.time.Duration;

/**
 * How often and how soon a call is made again.
 *
 * @param tries of one request at most, at least 1
 * @param firstWait before the second try, where the server names no time; doubles each time, give or take a quarter
 * @param longestWait between two tries; a server that asks for more has the request fail
 * @param breaker when a server is left alone
 */
public record RetrySettings(int tries, Duration firstWait, Duration longestWait, Breaker breaker) {

    /**
     * A server that fails this often in a row is left alone for a while; requests wait that long.
     *
     * @param failures in a row, at least 1
     * @param pause until one request may try again
     */
    public record Breaker(int failures, Duration pause) {}

    /** @throws IllegalArgumentException if a number makes no sense */
    public RetrySettings {
        if (tries < 1 || firstWait.isNegative() || firstWait.isZero() || longestWait.compareTo(firstWait) <= 0) {
            throw new IllegalArgumentException("retries: expected tries >= 1 and 0 < first wait < longest wait, found "
                    + tries + ", " + firstWait + " and " + longestWait);
        }
    }

    /** What most hosted servers bear: waits of 1, 2, 4 s; after ten failures in a row a pause of 15 s. */
    public static RetrySettings standard(int tries) {
        return new RetrySettings(
                tries, Duration.ofSeconds(1), Duration.ofMinutes(2), new Breaker(10, Duration.ofSeconds(15)));
    }
}
