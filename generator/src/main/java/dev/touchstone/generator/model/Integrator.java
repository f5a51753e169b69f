package dev.touchstone.generator.model;

import java.util.function.IntConsumer;

/**
 * Follows the flow from noise to latents. {@code x} holds a batch of cells and is overwritten; a step goes from
 * time {@code t} to {@code t'} along {@code (prediction - x) / (1 - t)}, and the last step takes the prediction itself.
 */
final class Integrator {

    /** The network's latents for what is in {@code x} at a time; the array is reused by the next call. */
    interface Predictor {
        float[] predict(float[] x, double t);
    }

    private final Sampling.Method method;
    private final int steps;
    private final double start;

    /** @param start time at which sampling begins, 0 for pure noise */
    Integrator(Sampling.Method method, int steps, double start) {
        this.method = method;
        this.steps = steps;
        this.start = start;
    }

    private double time(int step) {
        return start + (1 - start) * ((double) step / steps);
    }

    /** Samples in place. */
    void run(float[] x, Predictor predictor, IntConsumer stepDone) {
        float[] trial = new float[x.length];
        float[] velocity = new float[x.length];
        for (int step = 0; step < steps; step++) {
            double t = time(step);
            float[] latents = predictor.predict(x, t);
            if (step == steps - 1) {
                System.arraycopy(latents, 0, x, 0, x.length);
            } else {
                advance(x, latents, t, time(step + 1), velocity, trial);
                if (method == Sampling.Method.HEUN) {
                    correct(x, t, time(step + 1), velocity, trial, predictor);
                }
                System.arraycopy(trial, 0, x, 0, x.length);
            }
            stepDone.accept(step);
        }
    }

    private static void advance(float[] x, float[] latents, double t, double next, float[] velocity, float[] trial) {
        float rest = (float) (1 - t);
        float span = (float) (next - t);
        for (int i = 0; i < x.length; i++) {
            velocity[i] = (latents[i] - x[i]) / rest;
            trial[i] = x[i] + span * velocity[i];
        }
    }

    private static void correct(
            float[] x, double t, double next, float[] velocity, float[] trial, Predictor predictor) {
        float[] latents = predictor.predict(trial, next);
        float rest = (float) (1 - next);
        float span = (float) (next - t);
        for (int i = 0; i < x.length; i++) {
            float second = (latents[i] - trial[i]) / rest;
            trial[i] = x[i] + span * (velocity[i] + second) / 2;
        }
    }
}
