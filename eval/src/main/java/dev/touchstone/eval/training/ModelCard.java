package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.FeatureNetwork;
import dev.touchstone.metrics.feature.NetworkInput;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a trained feature network is, how it came about and how good it is; written beside the model file. */
record ModelCard(
        int schemaVersion,
        String name,
        String purpose,
        String comparableWith,
        String licence,
        String weightsDigest,
        long parameters,
        String preprocessing,
        int dimension,
        Training training,
        SortedMap<String, Head> accuracy) {

    private static final int CURVE_POINTS = 60;

    record Training(
            String data,
            String augmentation,
            String startedFrom,
            long seed,
            long images,
            int batchSize,
            String optimiser,
            List<CurvePoint> curve) {}

    record Head(int n, double accuracy) {}

    static ModelCard of(
            TrainingSettings settings,
            String startedFrom,
            String digest,
            long parameters,
            List<CurvePoint> curve,
            SortedMap<Attribute, HeadAccuracy> accuracy) {
        SortedMap<String, Head> heads = new TreeMap<>();
        accuracy.forEach((attribute, result) ->
                heads.put(attribute.id(), new Head(result.n(), Math.round(result.share() * 1e4) / 1e4)));
        return new ModelCard(
                1,
                TouchstoneFeatures.NAME,
                "A small convolutional network that reads the attributes of the built-in world. Its heads give adherence, its"
                        + " pooled features FID and KID, its layers LPIPS.",
                "Numbers of this network compare with numbers of this network, these weights and this preprocessing only. They are"
                        + " not comparable with FID, KID or LPIPS of Inception, AlexNet, VGG or any published table, and"
                        + " mean little on photographs: it has seen nothing but rendered scenes.",
                "Apache-2.0",
                digest,
                parameters,
                NetworkInput.RECIPE,
                FeatureNetwork.DIMENSION,
                new Training(
                        "rendered scenes of the built-in world, training split; accuracy on the golden split",
                        "shift up to 3 px, blur, tint, 8 x 8 cosine quantisation, noise; one picture in four untouched",
                        startedFrom,
                        settings.seed(),
                        settings.images(),
                        settings.batchSize(),
                        "Adam, cosine from " + settings.learningRate().getPeak(),
                        thinned(curve)),
                heads);
    }

    /** Evenly chosen points and the last one: a card is for reading. */
    private static List<CurvePoint> thinned(List<CurvePoint> curve) {
        int step = Math.max(1, curve.size() / CURVE_POINTS);
        List<CurvePoint> thinned = new ArrayList<>();
        for (int i = 0; i < curve.size(); i++) {
            if (i % step == 0 || i == curve.size() - 1) {
                thinned.add(curve.get(i));
            }
        }
        return thinned;
    }
}
