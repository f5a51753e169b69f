package dev.touchstone.eval.training;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.metrics.feature.FeatureNetwork;
import dev.touchstone.metrics.image.RgbImage;

/** The mild defects that training pictures get, so that the heads still read a generated picture that is not quite clean. */
final class Augmentation {

    private Augmentation() {}

    /** One picture in four stays as it is; the others get a small shift and some of the defects. */
    static RgbImage apply(RgbImage image, CounterRandom random) {
        if (random.chance(0.25)) {
            return image;
        }
        // At most three pixels of 64: places are thirds of the picture and must stay true.
        RgbImage result = ImageDefects.shift(image, random.nextInt(7) - 3, random.nextInt(7) - 3);
        if (random.chance(0.3)) {
            double scale = image.widthPixels() / (double) FeatureNetwork.SIDE;
            result = ImageDefects.blur(result, (0.3 + 0.6 * random.nextDouble()) * scale);
        }
        if (random.chance(0.3)) {
            result = ImageDefects.tint(result, triple(random, 1, 0.08), triple(random, 0, 0.03));
        }
        if (random.chance(0.2)) {
            result = ImageDefects.quantise(result, 0.1 + 0.9 * random.nextDouble());
        }
        if (random.chance(0.35)) {
            result = ImageDefects.noise(result, 0.05 * random.nextDouble(), random);
        }
        return result;
    }

    private static double[] triple(CounterRandom random, double centre, double reach) {
        double[] triple = new double[3];
        for (int i = 0; i < triple.length; i++) {
            triple[i] = centre + reach * (2 * random.nextDouble() - 1);
        }
        return triple;
    }
}
