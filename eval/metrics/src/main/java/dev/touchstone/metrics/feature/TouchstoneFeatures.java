package dev.touchstone.metrics.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.runtime.nd4j.Nd4jEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The built-in feature network {@code touchstone-1}, run by DL4J: features for FID and KID, layer activations for LPIPS, attributes for
 * adherence.
 *
 * <p>Thread-safe: calls take turns, and each uses the cores through the native library. Images go through the network in chunks of a
 * fixed size, the last one padded, so features and activations are the same to the bit whatever else is in the batch; probabilities depend on the place in the
 * chunk in the last digits of a float. On a processor with other vector units all differ in the last digits.
 */
public final class TouchstoneFeatures implements FeatureExtractor, PerceptualNetwork, AttributeReader {

    /** Name of the network; a network with other weights of lasting use gets another one. */
    public static final String NAME = "touchstone-1";

    /** The network in the folder of a finished training. */
    public static final String MODEL = "model.zip";

    /** Its card, beside it. */
    public static final String CARD = "model-card.json";

    /** Images that go through the network together. Larger chunks are no faster, smaller ones slower. */
    private static final int CHUNK = 32;

    private static final String RESOURCES = "/dev/touchstone/metrics/feature/" + NAME + "/";

    private final ComputationGraph network;
    private final String weightsDigest;

    private TouchstoneFeatures(byte[] model, String expectedDigest, String where) {
        weightsDigest = Sha256.of(model);
        if (!weightsDigest.equals(expectedDigest)) {
            // DL4J reads class names from the file's JSON: it must never see a file that nobody vouches for.
            throw new FeatureException(
                    where + ": expected the weights " + expectedDigest + " that the model card names, found "
                            + weightsDigest + "; restore the file or train the network anew");
        }
        Nd4jEngine.require();
        try {
            network = ModelFile.read(model, false);
        } catch (IOException e) {
            throw new FeatureException(where + ": expected a DL4J model, found " + e.getMessage(), e);
        }
    }

    /**
     * The network that ships with the program.
     *
     * @throws FeatureException if the file is not the one that its card names
     */
    public static TouchstoneFeatures builtin() {
        try {
            return open(resource(MODEL), resource(CARD), "resource " + RESOURCES);
        } catch (IOException e) {
            throw new FeatureException(
                    "resource " + RESOURCES + ": expected a model and its card, found " + e.getMessage(), e);
        }
    }

    /**
     * A network from the folder of a finished training run. Open only folders that you trust as you trust code.
     *
     * @throws FeatureException if a file is missing or the model is not the one that its card names
     */
    public static TouchstoneFeatures open(Path folder) {
        try {
            return open(
                    Files.readAllBytes(folder.resolve(MODEL)),
                    Files.readAllBytes(folder.resolve(CARD)),
                    folder.toString());
        } catch (IOException e) {
            throw new FeatureException(
                    folder + ": expected " + MODEL + " and " + CARD + ", found " + e.getMessage()
                            + "; is the training finished?",
                    e);
        }
    }

    private static TouchstoneFeatures open(byte[] model, byte[] card, String where) throws IOException {
        JsonNode digest = new ObjectMapper().readTree(card).path("weightsDigest");
        return new TouchstoneFeatures(model, digest.asText(), where);
    }

    /**
     * The model card of the network that ships with the program, as JSON.
     *
     * @throws FeatureException if it is missing
     */
    public static String builtinCard() {
        try {
            return new String(resource(CARD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FeatureException("resource " + RESOURCES + ": expected a model card, found " + e.getMessage(), e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = TouchstoneFeatures.class.getResourceAsStream(RESOURCES + name)) {
            if (stream == null) {
                throw new IOException("no " + name);
            }
            return stream.readAllBytes();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String weightsDigest() {
        return weightsDigest;
    }

    @Override
    public String preprocessing() {
        return NetworkInput.RECIPE;
    }

    @Override
    public int dimension() {
        return FeatureNetwork.DIMENSION;
    }

    @Override
    public List<String> tapNames() {
        return FeatureNetwork.TAPS;
    }

    @Override
    public List<Integer> tapChannels() {
        return FeatureNetwork.TAP_CHANNELS;
    }

    @Override
    public int chunk() {
        return CHUNK;
    }

    /**
     * Reads pictures, each by one pass through the network, whatever is asked of it.
     *
     * @param images of any sizes, not empty
     * @param parts what is wanted of each
     * @return one answer per image, in order
     */
    public List<Picture> read(List<RgbImage> images, Set<Picture.Part> parts) {
        List<Picture> pictures = new ArrayList<>();
        run(images, (activations, first, count) -> {
            List<Optional<float[]>> features =
                    parts.contains(Picture.Part.FEATURES) ? some(features(activations, count)) : none(count);
            List<Optional<List<Activation>>> taps =
                    parts.contains(Picture.Part.TAPS) ? some(taps(activations, count)) : none(count);
            List<Optional<AttributeReading>> attributes =
                    parts.contains(Picture.Part.ATTRIBUTES) ? some(attributes(activations, count)) : none(count);
            for (int i = 0; i < count; i++) {
                pictures.add(new Picture(images.get(first + i), features.get(i), taps.get(i), attributes.get(i)));
            }
        });
        return pictures;
    }

    private static <T> List<Optional<T>> some(List<T> values) {
        return values.stream().map(Optional::of).toList();
    }

    private static <T> List<Optional<T>> none(int count) {
        return Collections.nCopies(count, Optional.empty());
    }

    @Override
    public FeatureMatrix features(List<RgbImage> images) {
        float[] values = new float[images.size() * dimension()];
        int row = 0;
        for (Picture picture : read(images, Set.of(Picture.Part.FEATURES))) {
            System.arraycopy(picture.requiredFeatures(), 0, values, row++ * dimension(), dimension());
        }
        return new FeatureMatrix(images.size(), dimension(), values);
    }

    @Override
    public List<List<Activation>> taps(List<RgbImage> images) {
        return read(images, Set.of(Picture.Part.TAPS)).stream()
                .map(Picture::requiredTaps)
                .toList();
    }

    @Override
    public List<AttributeReading> attributes(List<RgbImage> images) {
        return read(images, Set.of(Picture.Part.ATTRIBUTES)).stream()
                .map(Picture::requiredAttributes)
                .toList();
    }

    private static List<float[]> features(Map<String, INDArray> activations, int count) {
        List<float[]> features = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            features.add(new float[FeatureNetwork.DIMENSION]);
        }
        int column = 0;
        for (String layer : FeatureNetwork.POOLED) {
            float[] means = floats(activations.get(layer));
            int width = means.length / CHUNK;
            for (int i = 0; i < count; i++) {
                System.arraycopy(means, i * width, features.get(i), column, width);
            }
            column += width;
        }
        return features;
    }

    private static List<List<Activation>> taps(Map<String, INDArray> activations, int count) {
        List<List<Activation>> taps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taps.add(new ArrayList<>());
        }
        for (String layer : FeatureNetwork.TAPS) {
            INDArray map = activations.get(layer);
            float[] all = floats(map);
            int length = all.length / CHUNK;
            for (int i = 0; i < count; i++) {
                float[] values = new float[length];
                System.arraycopy(all, i * length, values, 0, length);
                taps.get(i).add(new Activation((int) map.size(1), (int) map.size(2), (int) map.size(3), values));
            }
        }
        return taps;
    }

    private static List<AttributeReading> attributes(Map<String, INDArray> activations, int count) {
        List<SortedMap<Attribute, List<Double>>> chunk = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chunk.add(new TreeMap<>());
        }
        for (Attribute attribute : Attribute.values()) {
            float[] all = floats(activations.get(FeatureNetwork.head(attribute)));
            int choices = all.length / CHUNK;
            for (int i = 0; i < count; i++) {
                List<Double> probabilities = new ArrayList<>();
                for (int choice = 0; choice < choices; choice++) {
                    probabilities.add((double) all[i * choices + choice]);
                }
                chunk.get(i).put(attribute, List.copyOf(probabilities));
            }
        }
        return chunk.stream().map(AttributeReading::new).toList();
    }

    @FunctionalInterface
    private interface ChunkReader {
        void read(Map<String, INDArray> activations, int first, int count);
    }

    private synchronized void run(List<RgbImage> images, ChunkReader reader) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException(NAME + ": expected at least one image, found none");
        }
        float[] pixels = new float[CHUNK * NetworkInput.LENGTH];
        for (int first = 0; first < images.size(); first += CHUNK) {
            int count = Math.min(CHUNK, images.size() - first);
            for (int i = 0; i < count; i++) {
                NetworkInput.write(images.get(first + i), pixels, i);
            }
            INDArray input = Nd4j.create(
                    pixels, new long[] {CHUNK, FeatureNetwork.CHANNELS, FeatureNetwork.SIDE, FeatureNetwork.SIDE}, 'c');
            reader.read(network.feedForward(new INDArray[] {input}, false), first, count);
        }
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    /** Nothing to release: DL4J's memory is the garbage collector's. */
    @Override
    public void close() {}
}
