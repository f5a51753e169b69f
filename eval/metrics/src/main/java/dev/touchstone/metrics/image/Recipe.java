package dev.touchstone.metrics.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How an image becomes the input of the FID Inception network. The three give different features of the same image, so
 * the recipe is part of every number.
 */
public enum Recipe {
    /** pytorch-fid 0.3.0: samples / 255, PyTorch bilinear without antialias, {@code 2 x - 1}. */
    PYTORCH_FID {
        @Override
        public PlanarImage apply(RgbImage image, int side) {
            PlanarImage resized = BilinearResize.torch(PlanarImage.of(image, UNIT), side, side);
            float[] out = resized.values();
            for (int i = 0; i < out.length; i++) {
                out[i] = 2 * out[i] - 1;
            }
            return resized;
        }
    },
    /** torch-fidelity 0.5.0: TensorFlow 1 bilinear, {@code (x - 128) / 128}. */
    TORCH_FIDELITY {
        @Override
        public PlanarImage apply(RgbImage image, int side) {
            return centred(BilinearResize.tensorFlow(PlanarImage.of(image), side, side));
        }
    },
    /** clean-fid 0.1.35, mode clean: Pillow bicubic on floats, clipped to [0, 255], {@code (x - 128) / 128}. */
    CLEAN {
        @Override
        public PlanarImage apply(RgbImage image, int side) {
            PlanarImage resized = PillowResize.floats(image, ResampleFilter.BICUBIC, side, side);
            float[] values = resized.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0, Math.min(255, values[i]));
            }
            return centred(resized);
        }
    };

    private static final float[] UNIT = PlanarImage.table(255);

    /** Planes of the wanted side, scaled for the network. */
    public abstract PlanarImage apply(RgbImage image, int side);

    /** The name in options, as in {@code torch-fidelity}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The recipe of this name.
     *
     * @throws IllegalArgumentException with the names that exist
     */
    public static Recipe parse(String text) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("recipe: expected one of "
                        + Arrays.stream(values()).map(Recipe::text).collect(Collectors.joining(", ")) + ", found \""
                        + text + "\""));
    }

    private static PlanarImage centred(PlanarImage planes) {
        float[] values = planes.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - 128) / 128;
        }
        return planes;
    }
}
