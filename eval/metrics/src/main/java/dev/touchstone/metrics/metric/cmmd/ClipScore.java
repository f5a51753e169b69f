package dev.touchstone.metrics.metric.cmmd;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.metric.MetricException;

/**
 * CLIP score: how well pictures fit their texts, {@code 100 cos} of the two embeddings, averaged, and 0 where the mean is
 * negative (torchmetrics 1.9; Hessel et al. 2021, arXiv 2104.08718, print {@code 2.5 max(cos, 0)} instead).
 */
public final class ClipScore {

    public static final String NAME = "clip-score";

    private ClipScore() {}

    /** {@code 100 cos} of each pair, in [-100, 100]. */
    public static double[] perImage(FeatureMatrix images, FeatureMatrix texts) {
        if (images.rows() != texts.rows() || images.columns() != texts.columns()) {
            throw new MetricException("clip-score: expected one text per image with embeddings of one length, found "
                    + images.rows() + " x " + images.columns() + " images and " + texts.rows() + " x " + texts.columns()
                    + " texts");
        }
        double[] scores = new double[images.rows()];
        for (int row = 0; row < scores.length; row++) {
            double product = 0;
            double image = 0;
            double text = 0;
            for (int j = 0; j < images.columns(); j++) {
                product += (double) images.value(row, j) * texts.value(row, j);
                image += (double) images.value(row, j) * images.value(row, j);
                text += (double) texts.value(row, j) * texts.value(row, j);
            }
            if (!(image > 0 && text > 0)) {
                throw new MetricException("clip-score: expected embeddings longer than 0, found a zero in row " + row);
            }
            scores[row] = 100 * product / Math.sqrt(image) / Math.sqrt(text);
        }
        return scores;
    }

    /**
     * The mean over pairs, at least 0.
     *
     * @throws MetricException if there is no pair
     */
    public static double of(FeatureMatrix images, FeatureMatrix texts) {
        double[] scores = perImage(images, texts);
        if (scores.length == 0) {
            throw new MetricException("clip-score: expected at least 1 image, found none");
        }
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        return Math.max(sum / scores.length, 0);
    }
}
