package dev.touchstone.generator.model;

import java.util.Arrays;

/** What an edit knows of a batch: the input and its mask in patch form, and each image's own noise. */
final class KnownPixels implements Integrator.Constraint {

    private final float[] input;
    private final boolean[] known;
    private final float[] noise;

    KnownPixels(Edit edit, Geometry geometry, float[] noise) {
        input = geometry.toPatches(Geometry.toPixels(edit.input()));
        float[] fixed = new float[geometry.size];
        for (int i = 0; i < fixed.length; i++) {
            fixed[i] = edit.mayChange(i) ? 0 : 1;
        }
        float[] fixedPatches = geometry.toPatches(fixed);
        known = new boolean[geometry.size];
        for (int i = 0; i < known.length; i++) {
            known[i] = fixedPatches[i] > 0;
        }
        this.noise = noise;
    }

    /** The input with as much noise as time {@code t} has, once per image. */
    float[] noised(double t) {
        float[] x = Arrays.copyOf(noise, noise.length);
        for (int i = 0; i < x.length; i++) {
            x[i] = at(i, t);
        }
        return x;
    }

    @Override
    public void apply(float[] x, double t) {
        for (int i = 0; i < x.length; i++) {
            if (known[i % known.length]) {
                x[i] = at(i, t);
            }
        }
    }

    private float at(int i, double t) {
        return (float) t * input[i % input.length] + (float) (1 - t) * noise[i];
    }
}
