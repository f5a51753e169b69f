package dev.touchstone.generator.model;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Adds layers to a network by the names of their weights. */
final class Layers {

    final Network.Builder builder;
    private final PebbleWeights weights;

    Layers(String name, PebbleWeights weights) {
        this.builder = new Network.Builder(name);
        this.weights = weights;
    }

    String tensor(String name) {
        return builder.parameter(name, weights.tensor(name));
    }

    String single(String kind, Function<String, Operation.Single> operation) {
        return builder.add(operation.apply(builder.fresh(kind)));
    }

    String add(String left, String right) {
        return single("sum", out -> new Operation.Add(out, left, right));
    }

    String multiply(String left, String right) {
        return single("product", out -> new Operation.Multiply(out, left, right));
    }

    String activation(Operation.Function function, String x) {
        return single("activation", out -> new Operation.Activation(out, x, function));
    }

    String attention(String q, String k, String v, int heads) {
        return single("attention", out -> new Operation.Attention(out, q, k, v, heads));
    }

    String productTransposed(String left, String right) {
        return single("product", out -> new Operation.ProductTransposed(out, left, right));
    }

    String product(String left, String right) {
        return single("product", out -> new Operation.Product(out, left, right));
    }

    String softmax(String x) {
        return single("softmax", out -> new Operation.Softmax(out, x));
    }

    String reshape(String x, List<Operation.Extent> shape) {
        return single("reshape", out -> new Operation.Reshape(out, x, shape));
    }

    List<String> split(String x, int pieces) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            outputs.add(builder.fresh("piece"));
        }
        return builder.add(new Operation.Split(outputs, x));
    }

    String norm(String x, String layer) {
        return norm(x, tensor(layer + ".weight"), tensor(layer + ".bias"));
    }

    String norm(String x, String scale, String shift) {
        return single("norm", out -> new Operation.LayerNorm(out, x, scale, shift));
    }

    String convolution(String x, String layer) {
        return single(
                "convolution",
                out -> new Operation.Convolution(out, x, tensor(layer + ".weight"), tensor(layer + ".bias")));
    }

    /** {@code x + convolution(relu(x))}. */
    String residual(String x, String layer) {
        return add(x, convolution(activation(Operation.Function.RELU, x), layer + ".convolution"));
    }

    String residuals(String x, String layer, int count) {
        String h = x;
        for (int i = 0; i < count; i++) {
            h = residual(h, layer + "." + i);
        }
        return h;
    }

    String spaceToDepth(String x, int block) {
        return spaceToDepth(x, block, builder.fresh("blocks"));
    }

    String spaceToDepth(String x, int block, String output) {
        return builder.add(new Operation.SpaceToDepth(output, x, block));
    }

    String depthToSpace(String x, int block) {
        return depthToSpace(x, block, builder.fresh("space"));
    }

    String depthToSpace(String x, int block, String output) {
        return builder.add(new Operation.DepthToSpace(output, x, block));
    }

    String linear(String x, String layer) {
        return single(
                "linear", out -> new Operation.Linear(out, x, tensor(layer + ".weight"), tensor(layer + ".bias")));
    }

    /** A layer's first, second ... share of its output features. */
    List<String> linears(String x, String layer, int shares) {
        int size = weights.tensor(layer + ".bias").values().length / shares;
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < shares; i++) {
            outputs.add(linear(x, layer, i * size, size, builder.fresh("linear")));
        }
        return outputs;
    }

    /** Output features {@code from} to {@code from + count} of a layer, under a given name. */
    String linear(String x, String layer, int from, int count, String output) {
        Parameter weight = weights.tensor(layer + ".weight");
        Parameter bias = weights.tensor(layer + ".bias");
        int in = weight.shape().get(1);
        String part = layer + "[" + from + "," + (from + count) + "]";
        builder.parameter(
                part + ".weight",
                new Parameter(List.of(count, in), Arrays.copyOfRange(weight.values(), from * in, (from + count) * in)));
        builder.parameter(
                part + ".bias", new Parameter(List.of(count), Arrays.copyOfRange(bias.values(), from, from + count)));
        return builder.add(new Operation.Linear(output, x, part + ".weight", part + ".bias"));
    }

    /** A layer whose weights are not those of a layer in the file. */
    String linear(String x, String name, Parameter weight, Parameter bias) {
        builder.parameter(name + ".weight", weight);
        builder.parameter(name + ".bias", bias);
        return single("linear", out -> new Operation.Linear(out, x, name + ".weight", name + ".bias"));
    }

    String perceptron(String x, String block) {
        return linear(activation(Operation.Function.SQUARED_RELU, linear(x, block + ".up")), block + ".down");
    }
}
