/**
 * What every back end that speaks HTTP shares: keys that show nowhere, time and size limits on every answer, and retries of which
 * each is recorded. Uses {@code backend}; retries and circuit breaker are Failsafe's, connections the JDK's.
 */
package dev.touchstone.generator.backend.http;
