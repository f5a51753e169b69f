package dev.touchstone.generator.model;

/** What an edit does to sampling: where it starts, and what its predictions must agree with. */
final class EditedFlow {

    private final Edit edit;
    private final PictureCodec codec;
    private final float[] input;

    EditedFlow(Edit edit, PictureCodec codec) {
        this.edit = edit;
        this.codec = codec;
        this.input = Geometry.toPixels(edit.input());
    }

    /** Latents of the input with as much noise as time {@code 1 - strength} has, once per image of the noise. */
    float[] start(float[] noise, int images) {
        double time = 1 - edit.strength();
        if (time == 0) {
            return noise.clone();
        }
        float[] pixels = new float[images * input.length];
        for (int image = 0; image < images; image++) {
            System.arraycopy(input, 0, pixels, image * input.length, input.length);
        }
        float[] x = codec.encode(pixels);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) time * x[i] + (float) (1 - time) * noise[i];
        }
        return x;
    }

    /**
     * With a mask, the latents of the predicted picture with the input's own pixels outside the mask: what is known of the
     * picture goes into every prediction, and {@code x} follows the flow towards it.
     */
    float[] known(float[] prediction) {
        if (edit.mask().isEmpty()) {
            return prediction;
        }
        float[] pixels = codec.decode(prediction);
        for (int i = 0; i < pixels.length; i++) {
            int value = i % input.length;
            pixels[i] = edit.mayChange(value) ? Math.min(1, Math.max(-1, pixels[i])) : input[value];
        }
        return codec.encode(pixels);
    }
}
