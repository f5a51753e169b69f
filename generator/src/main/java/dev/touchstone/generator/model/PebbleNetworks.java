package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Network.Type;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Operation.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * pebble's text encoder and flow transformer, from its weights. They compute what {@code generator/training/pebble.py} defines, with what
 * does not change from step to step moved out of the step: for each layer's cross attention the text encoder hands over a
 * prompt's two matrices (see {@link CrossAttention}), made once. All images of a batch share one prompt and one time, so a
 * batch is computed as {@code groups} (wanted, and unwanted text where there is guidance) of {@code batch} images.
 */
final class PebbleNetworks {

    private final PebbleWeights weights;
    private final PebbleConfig config;

    PebbleNetworks(PebbleWeights weights) {
        this.weights = weights;
        this.config = weights.config();
    }

    /** Tensors that go from the text encoder to the transformer, with their shapes for a number of prompts. */
    SortedMap<String, List<Integer>> context(int prompts) {
        int columns = config.heads() * config.textTokens();
        SortedMap<String, List<Integer>> shapes = new TreeMap<>();
        shapes.put("summary", List.of(prompts, config.width()));
        for (int i = 0; i < config.layers(); i++) {
            shapes.put(scoring(i), List.of(prompts, columns, config.width()));
            shapes.put(offset(i), List.of(prompts, 1, columns));
            shapes.put(mixing(i), List.of(prompts, columns, config.width()));
        }
        return shapes;
    }

    private static String scoring(int layer) {
        return "scoring." + layer;
    }

    private static String offset(int layer) {
        return "offset." + layer;
    }

    private static String mixing(int layer) {
        return "mixing." + layer;
    }

    /**
     * Text encoder: {@code tokens} [prompts, text tokens] to {@code summary} [prompts, width] (the begin token's vector,
     * which has seen the whole text) and, for each layer of the transformer, the matrices {@code scoring.i} and
     * {@code mixing.i} [prompts, heads * text tokens, width] and {@code offset.i} [prompts, 1, heads * text tokens].
     */
    Network textEncoder() {
        Layers net = new Layers("pebble text encoder", weights);
        int width = config.width();
        String tokens = net.builder.input("tokens", Type.INT, -1, config.textTokens());
        String x =
                net.single("embedding", out -> new Operation.Embedding(out, tokens, net.tensor("text.token.weight")));
        x = net.add(x, net.tensor("text.place"));
        for (int i = 0; i < config.textLayers(); i++) {
            String block = "text.blocks." + i;
            String h = net.norm(x, block + ".norm1");
            List<String> qkv = net.linears(h, block + ".qkv", 3);
            String mixed = net.attention(qkv.get(0), qkv.get(1), qkv.get(2), config.heads());
            x = net.add(x, net.linear(mixed, block + ".out"));
            x = net.add(x, net.perceptron(net.norm(x, block + ".norm2"), block));
        }
        String context = net.norm(x, "text.norm");
        net.builder.add(new Operation.First("summary", context));
        net.builder.output("summary");
        for (int i = 0; i < config.layers(); i++) {
            crossAttention(net, context, i);
        }
        return net.builder.build();
    }

    private void crossAttention(Layers net, String context, int layer) {
        CrossAttention matrices = CrossAttention.of(weights, layer);
        int heads = config.heads();
        String scoring = net.linear(context, scoring(layer), matrices.scoring(), matrices.scoringBias());
        net.builder.add(new Operation.HeadsFirst(scoring(layer), scoring, heads));
        String offset = net.linear(context, offset(layer), matrices.offset(), matrices.offsetBias());
        String turned = net.single("offset", out -> new Operation.HeadsFirst(out, offset, heads));
        Extent columns = new Extent.Fixed(heads * config.textTokens());
        net.builder.add(
                new Operation.Reshape(offset(layer), turned, List.of(new Extent.Rest(), new Extent.Fixed(1), columns)));
        String mixing = net.linear(context, mixing(layer), matrices.mixing(), matrices.mixingBias());
        net.builder.add(new Operation.HeadsFirst(mixing(layer), mixing, heads));
        List.of(scoring(layer), offset(layer), mixing(layer)).forEach(net.builder::output);
    }

    /**
     * Flow transformer: {@code cells} [batch, tokens, latent], {@code positions} [tokens, 64], {@code condition} [1, 130],
     * and the text encoder's results for {@code groups} prompts, to {@code prediction} [groups, batch * tokens, latent].
     * {@code strength} [groups, 1, 1] multiplies what the {@linkplain WeakenedGuidance#BLOCK weakened block} adds.
     */
    Network flowTransformer() {
        Layers net = new Layers("pebble flow transformer", weights);
        int width = config.width();
        String cells = net.builder.input("cells", Type.FLOAT, -1, -1, config.latent());
        String positions = net.builder.input("positions", Type.FLOAT, -1, PebbleConfig.POSITION_FEATURES);
        String condition = net.builder.input("condition", Type.FLOAT, 1, PebbleConfig.CONDITION_FEATURES);
        String summary = net.builder.input("summary", Type.FLOAT, -1, width);
        String strength = net.builder.input("strength", Type.FLOAT, -1, 1, 1);
        for (int i = 0; i < config.layers(); i++) {
            int columns = config.heads() * config.textTokens();
            net.builder.input(scoring(i), Type.FLOAT, -1, columns, width);
            net.builder.input(offset(i), Type.FLOAT, -1, 1, columns);
            net.builder.input(mixing(i), Type.FLOAT, -1, columns, width);
        }
        Extent.Axis groups = new Extent.Axis(summary, 0);
        List<Extent> perGroup = List.of(groups, new Extent.Rest(), new Extent.Fixed(width));
        List<Extent> perImage = List.of(new Extent.Rest(), new Extent.Axis(cells, 1), new Extent.Fixed(width));

        // Scores of all heads lie side by side in a row; a softmax is over one head's.
        List<Extent> perHead = List.of(groups, new Extent.Rest(), new Extent.Fixed(config.textTokens()));
        List<Extent> perRow =
                List.of(groups, new Extent.Rest(), new Extent.Fixed(config.heads() * config.textTokens()));

        String time = net.linear(
                net.activation(Operation.Function.SILU, net.linear(condition, "flow.condition1")), "flow.condition2");
        String c = net.activation(Operation.Function.SILU, net.add(net.linear(summary, "flow.pooled"), time));
        String modulation = net.reshape(
                net.linear(c, "flow.modulation"),
                List.of(new Extent.Rest(), new Extent.Fixed(6), new Extent.Fixed(width)));

        String placed = net.add(net.linear(cells, "flow.cell_in"), net.linear(positions, "flow.position"));
        String rows = net.reshape(placed, List.of(new Extent.Rest(), new Extent.Fixed(width)));
        String x = net.single("grouped", out -> new Operation.Repeat(out, rows, groups));
        for (int i = 0; i < config.layers(); i++) {
            String block = "flow.blocks." + i;
            List<String> m = net.split(net.add(modulation, net.builder.parameter(block + ".table", table(i))), 6);
            String h = net.norm(x, m.get(1), m.get(0));
            List<String> qkv = net.linears(h, block + ".qkv", 3);
            String mixed = net.attention(
                    net.reshape(qkv.get(0), perImage),
                    net.reshape(qkv.get(1), perImage),
                    net.reshape(qkv.get(2), perImage),
                    config.heads());
            UnaryOperator<String> weaken =
                    i == WeakenedGuidance.BLOCK ? part -> net.multiply(part, strength) : part -> part;
            String gate = weaken.apply(m.get(2));
            x = net.add(x, net.multiply(gate, net.linear(net.reshape(mixed, perGroup), block + ".out")));
            String scores = net.add(net.productTransposed(net.norm(x, block + ".cross_norm"), scoring(i)), offset(i));
            String shares = net.reshape(net.softmax(net.reshape(scores, perHead)), perRow);
            x = net.add(x, net.product(shares, weaken.apply(mixing(i))));
            String lastGate = weaken.apply(m.get(5));
            x = net.add(x, net.multiply(lastGate, net.perceptron(net.norm(x, m.get(4), m.get(3)), block)));
        }
        String last = net.reshape(
                net.linear(c, "flow.final_modulation"),
                List.of(new Extent.Rest(), new Extent.Fixed(2), new Extent.Fixed(width)));
        List<String> m =
                net.split(net.add(last, net.builder.parameter("flow.final.one", onePlus(new float[2 * width], 1))), 2);
        net.linear(net.norm(x, m.get(1), m.get(0)), "flow.cell_out", 0, config.latent(), "prediction");
        net.builder.output("prediction");
        return net.builder.build();
    }

    /** The table of a block with 1 added to its scales, so that "1 + scale" is no operation of its own. */
    private Parameter table(int block) {
        return onePlus(weights.tensor("flow.blocks." + block + ".table").values(), 1, 4);
    }

    private Parameter onePlus(float[] table, int... rows) {
        int width = config.width();
        float[] values = Arrays.copyOf(table, table.length);
        for (int row : rows) {
            IntStream.range(row * width, (row + 1) * width).forEach(i -> values[i] += 1);
        }
        return new Parameter(List.of(table.length / width, width), values);
    }
}
