package dev.touchstone.generator.backend.comfyui;

import java.time.Duration;

/**
 * How long is waited.
 *
 * @param call for one call over HTTP
 * @param job for a job, from sent to its end
 * @param silence without a message before the server is asked what became of a job
 * @param late by which the last message may come before the times of phases count as unreliable
 */
record ServingLimits(Duration call, Duration job, Duration silence, Duration late) {}
