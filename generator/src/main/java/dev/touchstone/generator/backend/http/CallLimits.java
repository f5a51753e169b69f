package dev.touchstone.generator.backend.http;

import java.time.Duration;

/**
 * What is waited for and taken of one answer.
 *
 * @param connect longest wait for a connection
 * @param answer longest wait for a whole answer
 * @param idle longest wait for more of an answer that has begun
 * @param mostBytes of an answer's body
 */
public record CallLimits(Duration connect, Duration answer, Duration idle, long mostBytes) {}
