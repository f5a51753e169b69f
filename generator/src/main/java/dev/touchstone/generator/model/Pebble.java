package dev.touchstone.generator.model;

import dev.touchstone.generator.image.RgbImage;
import dev.touchstone.generator.runtime.Precision;
import dev.touchstone.generator.runtime.RuntimeProvider;
import dev.touchstone.generator.runtime.RuntimeSettings;
import dev.touchstone.generator.runtime.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * pebble, loaded: three networks in a runtime, and buffers for the batch shapes in use. The order of calls is
 * {@link #encode}, then {@link #sample} and {@link #decode} for each batch of that prompt. Used from one thread.
 */
public final class Pebble implements AutoCloseable {

    /** Name and version of the model and of its weights format. */
    public static final String MODEL = "pebble";

    public static final int VERSION = 1;

    /** Batch shapes kept ready: a run has one or two sizes and a last batch that is smaller. */
    private static final int SESSIONS = 8;

    private final String weightsDigest;
    private final PebbleNetworks networks;
    private final Tokenizer tokenizer;
    private final TensorRuntime text;
    private final TensorRuntime flow;
    private final TensorRuntime decoder;
    private final Map<Integer, PromptContext> contexts = new TreeMap<>();
    private final Map<Shape, PebbleSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    private record Shape(int width, int height, int batch, int groups) {}

    /** A batch that was sampled and waits to be decoded. */
    public static final class Sampled {
        private final PebbleBatch batch;
        private final PebbleSession session;
        private final float[] patches;

        private Sampled(PebbleBatch batch, PebbleSession session, float[] patches) {
            this.batch = batch;
            this.session = session;
            this.patches = patches;
        }
    }

    private Pebble(
            PebbleWeights weights,
            PebbleNetworks networks,
            TensorRuntime text,
            TensorRuntime flow,
            TensorRuntime decoder) {
        this.weightsDigest = weights.digest();
        this.networks = networks;
        this.tokenizer = new Tokenizer(weights.words(), weights.config().textTokens());
        this.text = text;
        this.flow = flow;
        this.decoder = decoder;
    }

    /**
     * SHA-256 of the shipped weights, lower-case hex.
     *
     * @throws WeightsException if they are missing
     */
    public static String shippedDigest() {
        return PebbleWeights.shippedDigest();
    }

    /**
     * Loads the shipped weights.
     *
     * @throws WeightsException if they are missing or damaged
     * @throws dev.touchstone.generator.runtime.TensorRuntimeException if the runtime cannot load them
     */
    public static Pebble shipped(RuntimeProvider runtime, RuntimeSettings settings) {
        return load(PebbleWeights.shipped(), runtime, settings);
    }

    /**
     * Loads a weights file.
     *
     * @throws WeightsException if it is missing or damaged
     * @throws dev.touchstone.generator.runtime.TensorRuntimeException if the runtime cannot load it
     */
    public static Pebble read(Path file, RuntimeProvider runtime, RuntimeSettings settings) {
        return load(PebbleWeights.read(file), runtime, settings);
    }

    static Pebble load(PebbleWeights weights, RuntimeProvider runtime, RuntimeSettings settings) {
        PebbleNetworks networks = new PebbleNetworks(weights);
        TensorRuntime text = runtime.load(networks.textEncoder(), exact(settings));
        TensorRuntime flow = runtime.load(networks.flowTransformer(), settings);
        return new Pebble(weights, networks, text, flow, runtime.load(networks.decoder(), settings));
    }

    /** The text encoder runs once per prompt: rounding it would save nothing. */
    static RuntimeSettings exact(RuntimeSettings settings) {
        return new RuntimeSettings(settings.threads(), Precision.FP32);
    }

    /** SHA-256 of the weights file, lower-case hex. */
    public String weightsDigest() {
        return weightsDigest;
    }

    /** Reads the prompts that the following batches are made from. */
    public void encode(String prompt, String negativePrompt, Sampling sampling) {
        context(sampling.groups()).encode(prompt, negativePrompt);
    }

    /**
     * Samples a batch of the encoded prompt. Its sampling must have the guidance that it was encoded for.
     *
     * @param stepDone hears the index of every finished step
     * @throws IllegalArgumentException if a side is no multiple of 8 in [8, 512]
     */
    public Sampled sample(PebbleBatch batch, IntConsumer stepDone) {
        return sample(batch, noise(batch, session(batch).geometry()), stepDone);
    }

    /** Samples from given noise in patch form. */
    Sampled sample(PebbleBatch batch, float[] noise, IntConsumer stepDone) {
        Sampling sampling = batch.sampling();
        PebbleSession session = session(batch);
        double start = 1 - batch.edit().map(Edit::strength).orElse(1.0);
        Optional<KnownPixels> known = batch.edit().map(edit -> new KnownPixels(edit, session.geometry(), noise));
        float[] x = known.map(pixels -> pixels.noised(start)).orElseGet(noise::clone);
        Integrator.Constraint constraint =
                known.<Integrator.Constraint>map(pixels -> pixels).orElse((free, t) -> {});
        new Integrator(sampling.method(), sampling.steps(), start)
                .run(x, (at, t) -> session.predict(at, t, sampling.guidance()), constraint, stepDone);
        return new Sampled(batch, session, x);
    }

    /** The batch's images, in the order of its indexes. */
    public List<RgbImage> decode(Sampled sampled) {
        Geometry geometry = sampled.session.geometry();
        float[] pixels = pixels(sampled);
        List<RgbImage> images = new ArrayList<>();
        for (int at = 0; at < pixels.length; at += geometry.size) {
            RgbImage image = geometry.toImage(Arrays.copyOfRange(pixels, at, at + geometry.size));
            images.add(sampled.batch.edit().map(edit -> edit.composite(image)).orElse(image));
        }
        return images;
    }

    /** The decoder's values before they are rounded to 8 bits, image after image. */
    float[] pixels(Sampled sampled) {
        return sampled.session.decode(sampled.patches);
    }

    private static float[] noise(PebbleBatch batch, Geometry geometry) {
        NoiseSource source = new NoiseSource(batch.seed(), batch.promptId());
        List<Integer> indexes = batch.imageIndexes();
        float[] noise = new float[indexes.size() * geometry.size];
        IntStream.range(0, indexes.size()).parallel().forEach(image -> {
            float[] patches = geometry.toPatches(source.values(indexes.get(image), geometry.size));
            System.arraycopy(patches, 0, noise, image * geometry.size, geometry.size);
        });
        return noise;
    }

    private PromptContext context(int groups) {
        return contexts.computeIfAbsent(groups, count -> new PromptContext(networks, tokenizer, text, count));
    }

    private PebbleSession session(PebbleBatch batch) {
        Shape shape = new Shape(
                batch.widthPixels(),
                batch.heightPixels(),
                batch.imageIndexes().size(),
                batch.sampling().groups());
        PebbleSession session = sessions.get(shape);
        if (session == null) {
            if (sessions.size() == SESSIONS) {
                Shape oldest = sessions.keySet().iterator().next();
                sessions.remove(oldest).close();
            }
            Geometry geometry = new Geometry(shape.width, shape.height);
            session = new PebbleSession(context(shape.groups), flow, decoder, geometry, shape.batch);
            sessions.put(shape, session);
        }
        return session;
    }

    @Override
    public void close() {
        sessions.values().forEach(PebbleSession::close);
        contexts.values().forEach(PromptContext::close);
        text.close();
        flow.close();
        decoder.close();
    }
}
