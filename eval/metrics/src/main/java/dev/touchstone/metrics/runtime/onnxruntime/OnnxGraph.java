package dev.touchstone.metrics.runtime.onnxruntime;

import static dev.touchstone.metrics.runtime.onnxruntime.OnnxNodes.MICROSOFT;
import static dev.touchstone.metrics.runtime.onnxruntime.OnnxNodes.attribute;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Operation.Extent;
import dev.touchstone.metrics.runtime.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Writes a network as an ONNX model, with the fused operations that ONNX Runtime has CPU and CUDA kernels for: Gemm with
 * its bias and activation, LayerNormalization with a scale per group, MultiHeadAttention, QuickGelu (with alpha 1 it is
 * SiLU).
 */
public final class OnnxGraph {

    private final OnnxNodes nodes;
    private final OnnxValues values;
    private final Map<String, Parameter> parameters;
    private final OnnxLinear linear;
    private final Set<String> copied = new HashSet<>();

    private OnnxGraph(Network network, Precision precision) {
        nodes = new OnnxNodes(network.name());
        values = new OnnxValues(nodes);
        parameters = network.parameters();
        linear = new OnnxLinear(nodes, precision);
    }

    /** The model's bytes. */
    static byte[] of(Network network, Precision precision) {
        OnnxGraph graph = new OnnxGraph(network, precision);
        for (Network.Input input : network.inputs()) {
            graph.nodes.input(input);
            graph.values.input(input);
        }
        network.operations().forEach(graph::write);
        network.outputs().forEach(name -> graph.nodes.output(graph.values.whole(name)));
        return graph.nodes.model();
    }

    private void write(Operation operation) {
        if (operation instanceof Operation.Linear op) {
            String rows = values.rows(op.input());
            linear.write(op, rows, values.addRows(op.output(), op.input(), width(op)), parameters);
        } else if (operation instanceof Operation.LayerNorm op) {
            layerNorm(op);
        } else if (operation instanceof Operation.Attention op) {
            nodes.node(
                    MICROSOFT,
                    "MultiHeadAttention",
                    List.of(values.whole(op.query()), values.whole(op.key()), values.whole(op.value())),
                    List.of(values.addLike(op.output(), op.query())),
                    attribute("num_heads", op.heads()));
        } else if (operation instanceof Operation.ProductTransposed op) {
            List<String> factors = List.of(values.whole(op.left()), values.whole(op.right()));
            List<Extent> shape = new ArrayList<>(values.shape(op.left()));
            shape.set(2, values.shape(op.right()).get(1));
            String output = values.add(op.output(), shape);
            nodes.node(MICROSOFT, "FusedMatMul", factors, List.of(output), attribute("transB", 1));
        } else if (operation instanceof Operation.Product op) {
            List<String> factors = List.of(values.whole(op.left()), values.whole(op.right()));
            List<Extent> shape = new ArrayList<>(values.shape(op.left()));
            shape.set(2, values.shape(op.right()).get(2));
            nodes.node("MatMul", factors, values.add(op.output(), shape));
        } else if (operation instanceof Operation.Softmax op) {
            String output = values.addLike(op.output(), op.input());
            nodes.node("Softmax", List.of(values.whole(op.input())), output, attribute("axis", -1));
        } else if (operation instanceof Operation.HeadsFirst op) {
            headsFirst(op);
        } else if (operation instanceof Operation.Activation op) {
            String input = values.anyForm(op.input());
            activation(op.function(), input, values.addSameForm(op.output(), op.input()));
        } else if (operation instanceof Operation.Add op) {
            pair("Add", op.left(), op.right(), op.output());
        } else if (operation instanceof Operation.Multiply op) {
            pair("Mul", op.left(), op.right(), op.output());
        } else if (operation instanceof Operation.Embedding op) {
            List<Extent> shape = new ArrayList<>(values.shape(op.input()));
            shape.add(new Extent.Fixed(parameters.get(op.table()).shape().get(1)));
            nodes.node("Gather", List.of(whole(op.table()), values.whole(op.input())), values.add(op.output(), shape));
        } else if (operation instanceof Operation.Convolution op) {
            convolution(op);
        } else if (operation instanceof Operation.SpaceToDepth op) {
            int places = op.block() * op.block();
            squares("SpaceToDepth", op.input(), op.output(), op.block(), channels -> channels * places);
        } else if (operation instanceof Operation.DepthToSpace op) {
            int places = op.block() * op.block();
            squares("DepthToSpace", op.input(), op.output(), op.block(), channels -> channels / places);
        } else if (operation instanceof Operation.Split op) {
            split(op);
        } else if (operation instanceof Operation.First op) {
            List<Extent> shape = new ArrayList<>(values.shape(op.input()));
            shape.remove(1);
            String kept = nodes.fresh("first");
            nodes.node(
                    "Gather", List.of(values.whole(op.input()), nodes.longs("_zero", 0)), kept, attribute("axis", 1));
            nodes.node("Squeeze", List.of(kept, nodes.longs("_axis1", 1)), values.add(op.output(), shape));
        } else if (operation instanceof Operation.Reshape op) {
            String shape = values.shapeTensor(op.shape());
            nodes.node("Reshape", List.of(values.anyForm(op.input()), shape), values.add(op.output(), op.shape()));
        } else if (operation instanceof Operation.Repeat op) {
            repeat(op);
        }
    }

    private int width(Operation.Linear op) {
        return parameters.get(op.weight()).shape().get(0);
    }

    private void layerNorm(Operation.LayerNorm op) {
        List<String> inputs = List.of(
                values.whole(op.input()), normParameter(op.scale(), op.input()), normParameter(op.shift(), op.input()));
        nodes.node(
                "LayerNormalization",
                inputs,
                values.addLike(op.output(), op.input()),
                attribute("axis", -1),
                attribute("epsilon", 1e-5f));
    }

    /**
     * One copy per group: ONNX Runtime 1.29 takes three times as long for a scale of one axis (1.1 ms for [1024, 256]
     * against 0.34), because only its path for several scales is vectorised.
     */
    private String normParameter(String name, String input) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            return values.whole(name);
        }
        Extent groups = values.shape(input).get(0);
        int width = parameter.values().length;
        if (values.shape(input).size() != 3 || groups instanceof Extent.Rest) {
            return nodes.floats(name, List.of(width), parameter.values());
        }
        String one = nodes.floats(name, List.of(1, 1, width), parameter.values());
        String copies = name + "/copies";
        if (copied.add(name)) {
            Extent single = new Extent.Fixed(1);
            String shape = values.shapeTensor(List.of(groups, single, new Extent.Fixed(width)));
            nodes.node("Expand", List.of(one, shape), copies);
        }
        return copies;
    }

    private void activation(Operation.Function function, String input, String output) {
        switch (function) {
            case SILU -> nodes.node(MICROSOFT, "QuickGelu", List.of(input), List.of(output), attribute("alpha", 1.0f));
            case RELU -> nodes.node("Relu", List.of(input), output);
            case SQUARED_RELU -> {
                String positive = nodes.fresh("positive");
                // Not Relu: fused into Gemm it takes three times as long as this does on its own.
                nodes.node("Max", List.of(input, nodes.floats("_nothing", List.of(1), new float[1])), positive);
                nodes.node("Mul", List.of(positive, positive), output);
            }
        }
    }

    private void pair(String type, String left, String right, String output) {
        List<String> inputs = List.of(whole(left), whole(right));
        nodes.node(type, inputs, values.addBroadcast(output, left, right));
    }

    private void convolution(Operation.Convolution op) {
        List<Integer> weight = parameters.get(op.weight()).shape();
        List<Extent> shape = new ArrayList<>(values.shape(op.input()));
        shape.set(1, new Extent.Fixed(weight.get(0)));
        long side = weight.get(2);
        nodes.node(
                "Conv",
                List.of(values.whole(op.input()), whole(op.weight()), whole(op.bias())),
                values.add(op.output(), shape),
                attribute("kernel_shape", List.of(side, side)),
                attribute("pads", Collections.nCopies(4, side / 2)));
    }

    /** Rows and columns are left open: nothing that follows asks for them. */
    private void squares(String type, String input, String output, int block, IntUnaryOperator channels) {
        List<Extent> shape = new ArrayList<>(values.shape(input));
        shape.set(1, new Extent.Fixed(channels.applyAsInt(((Extent.Fixed) shape.get(1)).size())));
        nodes.node(type, List.of(values.whole(input)), values.add(output, shape), attribute("blocksize", block));
    }

    private void split(Operation.Split op) {
        List<Extent> shape = new ArrayList<>(values.shape(op.input()));
        shape.set(1, new Extent.Fixed(1));
        nodes.node(
                OnnxNodes.STANDARD,
                "Split",
                List.of(values.whole(op.input())),
                op.outputs().stream().map(name -> values.add(name, shape)).toList(),
                attribute("axis", 1),
                attribute("num_outputs", op.outputs().size()));
    }

    private void repeat(Operation.Repeat op) {
        List<Extent> shape = new ArrayList<>(values.shape(op.input()));
        shape.add(0, op.times());
        Extent one = new Extent.Fixed(1);
        nodes.node(
                "Expand",
                List.of(values.whole(op.input()), values.shapeTensor(List.of(op.times(), one, one))),
                values.add(op.output(), shape));
    }

    private void headsFirst(Operation.HeadsFirst op) {
        List<Extent> shape = values.shape(op.input());
        Extent heads = new Extent.Fixed(op.heads());
        Extent width = new Extent.Fixed(((Extent.Fixed) shape.get(2)).size() / op.heads());
        int tokens = ((Extent.Fixed) shape.get(1)).size();
        String cut = nodes.fresh("cut");
        String turned = nodes.fresh("turned");
        List<Extent> four = List.of(new Extent.Rest(), new Extent.Fixed(tokens), heads, width);
        nodes.node("Reshape", List.of(values.anyForm(op.input()), values.shapeTensor(four)), cut);
        nodes.node("Transpose", List.of(cut), turned, attribute("perm", List.of(0L, 2L, 1L, 3L)));
        List<Extent> three = List.of(shape.get(0), new Extent.Fixed(op.heads() * tokens), width);
        String flat = values.shapeTensor(List.of(new Extent.Rest(), three.get(1), width));
        nodes.node("Reshape", List.of(turned, flat), values.add(op.output(), three));
    }

    private String whole(String name) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            return values.whole(name);
        }
        values.parameter(name, parameter.shape());
        return nodes.floats(name, parameter.shape(), parameter.values());
    }
}
