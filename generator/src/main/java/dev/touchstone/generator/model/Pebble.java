package dev.touchstone.generator.model;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * pebble, loaded: its networks in a runtime, and buffers for the batch shapes in use. The order of calls is
 * {@link #encode}, then {@link #sample} and {@link #decode} for each batch of that prompt. Used from one thread.
 */
public final class Pebble implements AutoCloseable {

    /** Name and version of the model and of its weights format. */
    public static final String MODEL = "pebble";

    public static final int VERSION = 2;

    /** How pictures are sampled, which the weights do not say. */
    public static final String SAMPLING = WeakenedGuidance.NAME;

    /** Batch shapes kept ready: a run has one or two sizes and a last batch that is smaller. */
    private static final int SESSIONS = 8;

    private final String weightsDigest;
    private final int latent;
    private final PebbleNetworks networks;
    private final Tokenizer tokenizer;
    private final TensorRuntime text;
    private final TensorRuntime flow;
    private final TensorRuntime decoder;
    private final Supplier<TensorRuntime> encoderLoader;
    /** Null until a picture is encoded for the first time. */
    private TensorRuntime encoder;

    private final Map<Integer, PromptContext> contexts = new TreeMap<>();
    private final Map<Shape, PebbleSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    private record Shape(int width, int height, int batch, int groups) {}

    /** A batch that was sampled and waits to be decoded. */
    public static final class Sampled {
        private final PebbleBatch batch;
        private final PebbleSession session;
        private final float[] cells;

        private Sampled(PebbleBatch batch, PebbleSession session, float[] cells) {
            this.batch = batch;
            this.session = session;
            this.cells = cells;
        }
    }

    private Pebble(PebbleWeights weights, RuntimeProvider runtime, RuntimeSettings settings) {
        weightsDigest = weights.digest();
        latent = weights.config().latent();
        networks = new PebbleNetworks(weights);
        tokenizer = new Tokenizer(weights.words(), weights.config().textTokens());
        PictureNetworks pictures = new PictureNetworks(weights);
        encoderLoader = () -> runtime.load(pictures.encoder(), settings);
        text = runtime.load(networks.textEncoder(), exact(settings));
        flow = runtime.load(networks.flowTransformer(), settings);
        decoder = runtime.load(pictures.decoder(), settings);
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
     * @throws dev.touchstone.metrics.runtime.TensorRuntimeException if the runtime cannot load them
     */
    public static Pebble shipped(RuntimeProvider runtime, RuntimeSettings settings) {
        return load(PebbleWeights.shipped(), runtime, settings);
    }

    /**
     * Loads a weights file.
     *
     * @throws WeightsException if it is missing or damaged
     * @throws dev.touchstone.metrics.runtime.TensorRuntimeException if the runtime cannot load it
     */
    public static Pebble read(Path file, RuntimeProvider runtime, RuntimeSettings settings) {
        return load(PebbleWeights.read(file), runtime, settings);
    }

    static Pebble load(PebbleWeights weights, RuntimeProvider runtime, RuntimeSettings settings) {
        return new Pebble(weights, runtime, settings);
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
     * @throws IllegalArgumentException if a side is no multiple of 16 in [16, 512]
     */
    public Sampled sample(PebbleBatch batch, IntConsumer stepDone) {
        return sample(batch, noise(batch, session(batch).geometry()), stepDone);
    }

    /** Samples from given noise. */
    Sampled sample(PebbleBatch batch, float[] noise, IntConsumer stepDone) {
        Sampling sampling = batch.sampling();
        PebbleSession session = session(batch);
        Integrator.Predictor predictor = (at, t) -> session.predict(at, t, sampling.guidance());
        if (batch.edit().isEmpty()) {
            float[] x = noise.clone();
            new Integrator(sampling.method(), sampling.steps(), 0).run(x, predictor, stepDone);
            return new Sampled(batch, session, x);
        }
        EditedFlow edited = new EditedFlow(batch.edit().get(), session.codec());
        float[] x = edited.start(noise, batch.imageIndexes().size());
        new Integrator(
                        sampling.method(),
                        sampling.steps(),
                        1 - batch.edit().get().strength())
                .run(x, (at, t) -> edited.known(predictor.predict(at, t)), stepDone);
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
        return sampled.session.codec().decode(sampled.cells);
    }

    private static float[] noise(PebbleBatch batch, Geometry geometry) {
        NoiseSource source = new NoiseSource(batch.seed(), batch.promptId());
        List<Integer> indexes = batch.imageIndexes();
        float[] noise = new float[indexes.size() * geometry.cells];
        for (int image = 0; image < indexes.size(); image++) {
            float[] cells = source.values(indexes.get(image), geometry.cells);
            System.arraycopy(cells, 0, noise, image * geometry.cells, geometry.cells);
        }
        return noise;
    }

    private TensorRuntime encoder() {
        if (encoder == null) {
            encoder = encoderLoader.get();
        }
        return encoder;
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
            Geometry geometry = new Geometry(shape.width, shape.height, latent);
            PictureCodec codec = new PictureCodec(decoder, this::encoder, geometry, shape.batch);
            session = new PebbleSession(context(shape.groups), flow, codec, geometry, shape.batch);
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
        if (encoder != null) {
            encoder.close();
        }
    }
}
