package dev.touchstone.generator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.runtime.Network.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToIntFunction;

/**
 * A trained pebble: sizes, vocabulary, tensors, and the digest of what they came from.
 *
 * @param config sizes
 * @param words the vocabulary after the reserved tokens, in token order
 * @param tensors by PyTorch name
 * @param digest SHA-256 of the file and of the updates after it, one after the other, lower-case hex
 */
record PebbleWeights(PebbleConfig config, List<String> words, SortedMap<String, Parameter> tensors, String digest) {

    /** Twice what the shipped models may weigh together. */
    static final long FILE_LIMIT = 80_000_000;

    /** Training writes float16. */
    static final int BYTES_PER_NUMBER = 2;

    private static final String FORMAT = "pebble-2";
    /** The base and its updates, each of all before it. */
    private static final List<String> SHIPPED =
            List.of("pebble-2.safetensors", "pebble-2-update.safetensors", "pebble-2-update-2.safetensors");

    PebbleWeights {
        words = List.copyOf(words);
    }

    /**
     * Reads the weights that come with the product.
     *
     * @throws WeightsException if they are missing or damaged
     */
    static PebbleWeights shipped() {
        List<byte[]> files = SHIPPED.stream().map(PebbleWeights::resource).toList();
        PebbleWeights weights = parse(files.get(0), SHIPPED.get(0));
        for (int i = 1; i < files.size(); i++) {
            SortedMap<String, Parameter> updated =
                    WeightsUpdate.apply(files.get(i), SHIPPED.get(i), weights.tensors, weights.digest);
            weights = new PebbleWeights(weights.config, weights.words, updated, digest(files.subList(0, i + 1)));
        }
        return weights;
    }

    static String shippedDigest() {
        return digest(SHIPPED.stream().map(PebbleWeights::resource).toList());
    }

    private static byte[] resource(String name) {
        try (InputStream in = PebbleWeights.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new WeightsException(
                        "pebble: expected the resource " + name + " beside the classes, found none. Build again.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new WeightsException("pebble: could not read " + name + " (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws WeightsException if it is missing, larger than {@link #FILE_LIMIT}, or damaged
     */
    static PebbleWeights read(Path file) {
        try {
            long size = Files.size(file);
            if (size > FILE_LIMIT) {
                throw new WeightsException(
                        file + ": expected at most " + FILE_LIMIT + " bytes of weights, found " + size);
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new WeightsException(file + ": could not read the weights (" + e + ")", e);
        }
    }

    static PebbleWeights parse(byte[] bytes, String source) {
        SafetensorsFile file = SafetensorsFile.parse(bytes, source);
        String format = file.metadata().getOrDefault("format", "none");
        if (!format.equals(FORMAT)) {
            throw new WeightsException(source + ": expected format " + FORMAT + ", found " + format);
        }
        PebbleConfig config = config(file, source);
        String vocabulary = file.metadata().getOrDefault("vocabulary", "").strip();
        List<String> words = vocabulary.isEmpty() ? List.of() : Arrays.asList(vocabulary.split("\\s+"));
        List<String> problems = new ArrayList<>();
        if (words.size() + Tokenizer.RESERVED != config.vocabulary()) {
            problems.add(source + ": expected " + (config.vocabulary() - Tokenizer.RESERVED) + " words, found "
                    + words.size());
        }
        PebbleShapes.of(config).forEach((name, shape) -> {
            Parameter tensor = file.tensors().get(name);
            if (tensor == null || !tensor.shape().equals(shape)) {
                problems.add(source + ": tensor \"" + name + "\": expected shape " + shape + ", found "
                        + (tensor == null ? "none" : tensor.shape()));
            }
        });
        if (!problems.isEmpty()) {
            throw new WeightsException(String.join("\n", problems));
        }
        return new PebbleWeights(config, words, file.tensors(), digest(List.of(bytes)));
    }

    private static PebbleConfig config(SafetensorsFile file, String source) {
        try {
            JsonNode json =
                    JsonMapper.builder().build().readTree(file.metadata().getOrDefault("config", "{}"));
            ToIntFunction<String> size = key -> json.path(key).asInt(-1);
            return new PebbleConfig(
                    size.applyAsInt("vocabulary"),
                    size.applyAsInt("width"),
                    size.applyAsInt("heads"),
                    size.applyAsInt("text_layers"),
                    size.applyAsInt("layers"),
                    size.applyAsInt("text_tokens"),
                    size.applyAsInt("latent"),
                    size.applyAsInt("coarse"),
                    size.applyAsInt("middle"),
                    size.applyAsInt("fine"));
        } catch (JsonProcessingException e) {
            throw new WeightsException(source + ": expected a config in JSON, found " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new WeightsException(source + ": config: " + e.getMessage(), e);
        }
    }

    private static String digest(List<byte[]> parts) {
        return Sha256.of(parts.toArray(byte[][]::new));
    }

    Parameter tensor(String name) {
        return tensors.get(name);
    }
}
