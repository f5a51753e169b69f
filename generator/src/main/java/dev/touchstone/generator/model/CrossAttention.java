package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network.Parameter;
import java.util.List;

/**
 * A layer's cross attention, rearranged so that a prompt becomes two matrices. For head h, with the text's vector c of a
 * token, {@code score = (Wq x + bq) (Wk c + bk) / sqrt(d)} is {@code x (S c + s) + (o c + p)}, and what the head adds to
 * the picture, {@code share * Wo (Wv c + bv)}, is {@code share * (M c + m)}. The products of weights are made here, in
 * double; the shares of a head sum to 1, so the output's bias is part of the first head's m.
 *
 * @param scoring S of all heads, [heads * width, width]
 * @param scoringBias s, [heads * width]
 * @param offset o, [heads, width]
 * @param offsetBias p, [heads]
 * @param mixing M, [heads * width, width]
 * @param mixingBias m, [heads * width]
 */
record CrossAttention(
        Parameter scoring,
        Parameter scoringBias,
        Parameter offset,
        Parameter offsetBias,
        Parameter mixing,
        Parameter mixingBias) {

    static CrossAttention of(PebbleWeights weights, int layer) {
        String block = "flow.blocks." + layer;
        int width = weights.config().width();
        int heads = weights.config().heads();
        float[] query = weights.tensor(block + ".cross_q.weight").values();
        float[] queryBias = weights.tensor(block + ".cross_q.bias").values();
        float[] keyValue = weights.tensor(block + ".cross_kv.weight").values();
        float[] keyValueBias = weights.tensor(block + ".cross_kv.bias").values();
        float[] out = weights.tensor(block + ".cross_out.weight").values();
        float[] outBias = weights.tensor(block + ".cross_out.bias").values();

        float[] scoring = new float[heads * width * width];
        float[] scoringBias = new float[heads * width];
        float[] offset = new float[heads * width];
        float[] offsetBias = new float[heads];
        float[] mixing = new float[heads * width * width];
        float[] mixingBias = new float[heads * width];
        int depth = width / heads;
        double scale = 1 / Math.sqrt(depth);
        for (int head = 0; head < heads; head++) {
            Sum offsets = new Sum(width);
            for (int d = 0; d < depth; d++) {
                int row = head * depth + d;
                offsets.add(scale * queryBias[row], keyValue, row * width, keyValueBias[row]);
            }
            offsets.write(offset, offsetBias, head);
            for (int feature = 0; feature < width; feature++) {
                Sum score = new Sum(width);
                Sum mix = new Sum(width);
                for (int d = 0; d < depth; d++) {
                    int row = head * depth + d;
                    score.add(scale * query[row * width + feature], keyValue, row * width, keyValueBias[row]);
                    int value = width + row;
                    mix.add(out[feature * width + row], keyValue, value * width, keyValueBias[value]);
                }
                score.write(scoring, scoringBias, head * width + feature);
                mix.bias += head == 0 ? outBias[feature] : 0;
                mix.write(mixing, mixingBias, head * width + feature);
            }
        }
        return new CrossAttention(
                new Parameter(List.of(heads * width, width), scoring),
                new Parameter(List.of(heads * width), scoringBias),
                new Parameter(List.of(heads, width), offset),
                new Parameter(List.of(heads), offsetBias),
                new Parameter(List.of(heads * width, width), mixing),
                new Parameter(List.of(heads * width), mixingBias));
    }

    /** A weighted sum of rows of a matrix and of their biases. */
    private static final class Sum {
        private final double[] row;
        private double bias;

        Sum(int width) {
            row = new double[width];
        }

        void add(double weight, float[] matrix, int from, float rowBias) {
            for (int i = 0; i < row.length; i++) {
                row[i] += weight * matrix[from + i];
            }
            bias += weight * rowBias;
        }

        void write(float[] matrix, float[] biases, int at) {
            for (int i = 0; i < row.length; i++) {
                matrix[at * row.length + i] = (float) row[i];
            }
            biases[at] = (float) bias;
        }
    }
}
