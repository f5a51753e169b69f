package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Network.Type;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures what each of pebble's networks costs. */
public final class PebbleProfiler {

    /** Side of the matrices whose product is the machine's attainable rate; larger ones are no faster. */
    private static final int CEILING_SIDE = 1024;

    private static final int WARM_UP = 3;

    private final RuntimeProvider runtime;
    private final RuntimeSettings settings;
    private final int repeats;

    /** @param repeats runs of each component, of which the median counts */
    public PebbleProfiler(RuntimeProvider runtime, RuntimeSettings settings, int repeats) {
        this.runtime = runtime;
        this.settings = settings;
        this.repeats = repeats;
    }

    /** Profiles the shipped weights. */
    public PebbleProfile shipped(int widthPixels, int heightPixels, int batch) {
        return measure(PebbleWeights.shipped(), widthPixels, heightPixels, batch);
    }

    PebbleProfile measure(PebbleWeights weights, int widthPixels, int heightPixels, int batch) {
        PebbleNetworks networks = new PebbleNetworks(weights);
        PictureNetworks pictures = new PictureNetworks(weights);
        Network text = networks.textEncoder();
        Network flow = networks.flowTransformer();
        Network decoder = pictures.decoder();
        Network encoder = pictures.encoder();
        PebbleFlops flops = new PebbleFlops(weights.config());
        Geometry geometry =
                new Geometry(widthPixels, heightPixels, weights.config().latent());
        Tokenizer tokenizer = new Tokenizer(weights.words(), weights.config().textTokens());
        double attainable = attainable();
        try (TensorRuntime texts = runtime.load(text, Pebble.exact(settings));
                TensorRuntime flows = runtime.load(flow, settings);
                TensorRuntime decoders = runtime.load(decoder, settings);
                TensorRuntime encoders = runtime.load(encoder, settings);
                PromptContext context = new PromptContext(networks, tokenizer, texts, 2);
                PebbleSession session = new PebbleSession(
                        context, flows, new PictureCodec(decoders, () -> encoders, geometry, batch), geometry, batch)) {
            PictureCodec codec = session.codec();
            float[] x = new NoiseSource(1, "profile").values(0, batch * geometry.cells);
            float[] pixels = codec.decode(x);
            double prompts = 2 / seconds(() -> context.encode("a", ""));
            double steps = 2 * batch / seconds(() -> session.predict(x, 0.5, 4));
            double decoded = batch / seconds(() -> codec.decode(x));
            double encoded = batch / seconds(() -> codec.encode(pixels));
            Costs costs = new Costs(weights, attainable);
            Precision precision = settings.precision();
            double decoding = PebbleFlops.convolutions(decoder, PebbleConfig.CELL, geometry);
            double encoding = PebbleFlops.convolutions(encoder, 1, geometry);
            List<ComponentProfile> components = List.of(
                    costs.of("text encoder", "text.", "prompt", text, Precision.FP32)
                            .at(flops.textEncoder(), prompts),
                    costs.of("flow transformer", "flow.", "image, step and prompt", flow, precision)
                            .at(flops.flowTransformer(geometry), steps),
                    costs.of("decoder", "decoder.", "image", decoder, precision).at(decoding, decoded),
                    costs.of("encoder", "encoder.", "image", encoder, precision).at(encoding, encoded));
            return new PebbleProfile(
                    runtime.name(),
                    settings.precision().id(),
                    settings.threads(),
                    widthPixels,
                    heightPixels,
                    batch,
                    attainable / 1e9,
                    components);
        }
    }

    /** What a component weighs, before its speed is known. */
    private record Weighed(String name, String unit, long parameters, long residentBytes, double attainable) {
        ComponentProfile at(double flops, double unitsPerSecond) {
            double rate = flops * unitsPerSecond;
            return new ComponentProfile(
                    name,
                    parameters,
                    PebbleWeights.BYTES_PER_NUMBER * parameters,
                    residentBytes,
                    unit,
                    flops,
                    unitsPerSecond,
                    rate / 1e9,
                    rate / attainable);
        }
    }

    private record Costs(PebbleWeights weights, double attainable) {
        Weighed of(String name, String prefix, String unit, Network network, Precision precision) {
            long parameters = weights.tensors().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(prefix))
                    .mapToLong(entry -> entry.getValue().values().length)
                    .sum();
            return new Weighed(name, unit, parameters, bytes(network, precision), attainable);
        }

        private static long bytes(Network network, Precision precision) {
            Set<String> matrices = new HashSet<>();
            for (Operation operation : network.operations()) {
                if (operation instanceof Operation.Linear op) {
                    matrices.add(op.weight());
                }
            }
            long bytes = 0;
            for (Map.Entry<String, Network.Parameter> entry :
                    network.parameters().entrySet()) {
                int values = entry.getValue().values().length;
                boolean rounded = precision == Precision.INT8 && matrices.contains(entry.getKey());
                bytes += rounded ? values + 4L * entry.getValue().shape().get(0) : 4L * values;
            }
            return bytes;
        }
    }

    /** Operations per second of a 32-bit product of two matrices of {@link #CEILING_SIDE}. */
    private double attainable() {
        Network.Builder builder = new Network.Builder("matrix product");
        int side = CEILING_SIDE;
        float[] values = new NoiseSource(2, "profile").values(0, side * side);
        builder.input("x", Type.FLOAT, -1, side);
        builder.parameter("weight", new Network.Parameter(List.of(side, side), values));
        builder.parameter("bias", new Network.Parameter(List.of(side), new float[side]));
        builder.add(new Operation.Linear("y", "x", "weight", "bias"));
        builder.output("y");
        RuntimeSettings exact = new RuntimeSettings(settings.threads(), Precision.FP32);
        try (TensorRuntime product = runtime.load(builder.build(), exact);
                TensorRuntime.Binding binding = product.bind(
                        Map.of("x", Tensor.Floats.of(values, side, side)),
                        Map.of("y", Tensor.Floats.zeros(side, side)))) {
            return 2.0 * side * side * side / seconds(binding::run);
        }
    }

    private double seconds(Runnable run) {
        for (int i = 0; i < WARM_UP; i++) {
            run.run();
        }
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            run.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[repeats / 2];
    }
}
