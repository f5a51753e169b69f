package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.weights.container.WeightFile;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings of texts by a CLIP text tower from an ONNX file. The model needs an input of token ids {@code [n, 77]}, of 32
 * or 64 bits; an input whose name contains {@code mask} gets 1 up to the end of the text. Its output {@code text_embeds}
 * is taken, or else its only two-axis output. Thread-safe.
 */
public final class ClipTextFeatures implements AutoCloseable {

    private static final int BATCH = 32;

    private final OnnxNetwork network;
    private final ClipTokenizer tokenizer;
    private final String digest;
    private final String output;

    private ClipTextFeatures(OnnxNetwork network, ClipTokenizer tokenizer, String digest) {
        this.network = network;
        this.tokenizer = tokenizer;
        this.digest = digest;
        List<String> ids =
                network.inputs().stream().filter(name -> !isMask(name)).toList();
        if (ids.size() != 1 || network.inputShape(ids.get(0)).size() != 2) {
            throw new WeightsException(
                    "clip: expected a text tower with one input of token ids [n, 77], found " + network.inputs());
        }
        output = network.embedding("text_embeds");
    }

    /**
     * Opens a text tower and its vocabulary.
     *
     * @throws WeightsException if ONNX Runtime refuses the model, it has other inputs or outputs, or the vocabulary is none
     */
    public static ClipTextFeatures open(Path onnx, Path vocabulary, int threads) {
        ClipTokenizer tokenizer = ClipTokenizer.open(vocabulary);
        return new ClipTextFeatures(
                new OnnxNetwork(onnx.toString(), WeightFile.bytes(onnx), threads),
                tokenizer,
                WeightFile.sha256(onnx) + "+" + tokenizer.digest());
    }

    /** SHA-256 of the model and of the vocabulary, joined by a plus sign. */
    public String weightsDigest() {
        return digest;
    }

    /** How many tokens a text has, start and end counted; what is behind the {@value ClipTokenizer#LENGTH}th is not seen. */
    public int tokens(String text) {
        return tokenizer.count(text);
    }

    /** One row per text. */
    public FeatureMatrix of(List<String> texts) {
        float[] values = new float[0];
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
            float[] embeddings = run(batch);
            int columns = embeddings.length / batch.size();
            if (from == 0) {
                values = new float[Math.multiplyExact(texts.size(), columns)];
            }
            System.arraycopy(embeddings, 0, values, from * columns, embeddings.length);
        }
        return new FeatureMatrix(texts.size(), values.length / texts.size(), values);
    }

    private float[] run(List<String> texts) {
        long[][] tokens = texts.stream().map(tokenizer::tokens).toArray(long[][]::new);
        long[][] mask = Arrays.stream(tokens).map(this::mask).toArray(long[][]::new);
        Map<String, long[][]> inputs = new LinkedHashMap<>();
        network.inputs().forEach(name -> inputs.put(name, isMask(name) ? mask : tokens));
        return network.runOnIntegers(inputs, output);
    }

    private long[] mask(long[] tokens) {
        long[] mask = new long[tokens.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = 1;
            if (tokens[i] == tokenizer.end()) {
                break;
            }
        }
        return mask;
    }

    private static boolean isMask(String input) {
        return input.contains("mask");
    }

    @Override
    public void close() {
        network.close();
    }
}
