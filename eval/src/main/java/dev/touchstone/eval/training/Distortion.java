package dev.touchstone.eval.training;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.metrics.image.RgbImage;

/**
 * A way to spoil a picture at five strengths. A perceptual distance to the untouched picture must grow with the strength, and so must the distance of a
 * spoilt set to the untouched set. Amounts are for 64 x 64 pixels.
 */
public enum Distortion {
    BLUR("blur", 0.4, 0.7, 1.1, 1.7, 2.6),
    NOISE("noise", 0.02, 0.04, 0.08, 0.14, 0.24),
    SHIFT("shift", 1, 2, 3, 5, 8),
    JPEG("jpeg", 0.3, 0.8, 1.8, 4, 9),
    COLOUR_CAST("colour-cast", 0.03, 0.07, 0.12, 0.19, 0.28),
    OCCLUSION("occlusion", 0.1, 0.17, 0.26, 0.37, 0.5);

    /** Number of strengths, which are numbered from 1. */
    public static final int STRENGTHS = 5;

    private static final double[][] CASTS = {{1, 0, -1}, {-1, 0, 1}, {0, 1, -1}, {1, -1, 0}, {-1, 1, 0}, {0, -1, 1}};

    private final String id;
    private final double[] amounts;

    Distortion(String id, double... amounts) {
        this.id = id;
        this.amounts = amounts;
    }

    /** The name used in reports and model cards. */
    public String id() {
        return id;
    }

    /**
     * A spoilt copy. Direction, position and noise pattern come from the seed and the index and are the same for every strength.
     *
     * @param strength in [1, {@link #STRENGTHS}]
     * @throws IllegalArgumentException if the strength is out of range
     */
    public RgbImage apply(RgbImage image, int strength, long seed, long index) {
        if (strength < 1 || strength > STRENGTHS) {
            throw new IllegalArgumentException(
                    id + ": expected a strength in [1, " + STRENGTHS + "], found " + strength);
        }
        CounterRandom random = new CounterRandom(seed, "distortion/" + id, index);
        double amount = amounts[strength - 1];
        return switch (this) {
            case BLUR -> ImageDefects.blur(image, amount);
            case NOISE -> ImageDefects.noise(image, amount, random);
            case SHIFT -> shift(image, (int) amount, random);
            case JPEG -> ImageDefects.quantise(image, amount);
            case COLOUR_CAST -> cast(image, amount, CASTS[random.nextInt(CASTS.length)]);
            case OCCLUSION -> occlude(image, amount, random);
        };
    }

    private static RgbImage shift(RgbImage image, int pixels, CounterRandom random) {
        int right = random.nextInt(3) - 1;
        int down = right == 0 ? 2 * random.nextInt(2) - 1 : random.nextInt(3) - 1;
        return ImageDefects.shift(image, right * pixels, down * pixels);
    }

    private static RgbImage cast(RgbImage image, double amount, double[] direction) {
        double[] offset = {amount * direction[0], amount * direction[1], amount * direction[2]};
        return ImageDefects.tint(image, new double[] {1, 1, 1}, offset);
    }

    private static RgbImage occlude(RgbImage image, double share, CounterRandom random) {
        // The centre stays where the largest patch still fits, so that a stronger patch covers a weaker one.
        double centreX = 0.25 + 0.5 * random.nextDouble();
        double centreY = 0.25 + 0.5 * random.nextDouble();
        int width = (int) Math.round(share * image.widthPixels());
        int height = (int) Math.round(share * image.heightPixels());
        int left = (int) Math.round(centreX * image.widthPixels() - width / 2.0);
        int top = (int) Math.round(centreY * image.heightPixels() - height / 2.0);
        return ImageDefects.occlude(image, Math.max(0, left), Math.max(0, top), width, height);
    }
}
