package dev.touchstone.generator.model;

/** What the flow transformer is told beside latents and text: where a cell lies, and how far sampling has come. */
final class Features {

    private Features() {}

    /** [rows * columns, 64]: sines and cosines of each cell centre's place in the picture. */
    static float[] positions(Geometry geometry) {
        float[] features = new float[geometry.tokens * PebbleConfig.POSITION_FEATURES];
        int i = 0;
        for (int row = 0; row < geometry.rows; row++) {
            for (int column = 0; column < geometry.columns; column++) {
                waves(features, i, (row + 0.5) / geometry.rows);
                waves(features, i + 32, (column + 0.5) / geometry.columns);
                i += PebbleConfig.POSITION_FEATURES;
            }
        }
        return features;
    }

    private static void waves(float[] features, int at, double place) {
        for (int k = 0; k < 16; k++) {
            double frequency = Math.PI / 2 * StrictMath.pow(32, k / 15.0);
            features[at + k] = (float) StrictMath.sin(place * frequency);
            features[at + 16 + k] = (float) StrictMath.cos(place * frequency);
        }
    }

    /** [1, 130]: sines and cosines of 1000 t at 64 frequencies from 1 to 1/10,000, and log2 of the sides over 64. */
    static float[] condition(double t, Geometry geometry) {
        float[] features = new float[PebbleConfig.CONDITION_FEATURES];
        // The definition holds the time as a 32-bit number.
        double time = 1000.0 * (float) t;
        for (int k = 0; k < 64; k++) {
            double angle = time * StrictMath.pow(10_000, -k / 64.0);
            features[k] = (float) StrictMath.sin(angle);
            features[64 + k] = (float) StrictMath.cos(angle);
        }
        features[128] = (float) (StrictMath.log(geometry.height / 64.0) / StrictMath.log(2));
        features[129] = (float) (StrictMath.log(geometry.width / 64.0) / StrictMath.log(2));
        return features;
    }
}
