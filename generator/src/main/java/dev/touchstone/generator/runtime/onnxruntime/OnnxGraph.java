package dev.touchstone.generator.runtime.onnxruntime;

import static dev.touchstone.generator.runtime.onnxruntime.OnnxNodes.MICROSOFT;
import static dev.touchstone.generator.runtime.onnxruntime.OnnxNodes.attribute;

import dev.touchstone.generator.runtime.Network;
import dev.touchstone.generator.runtime.Network.Parameter;
import dev.touchstone.generator.runtime.Operation;
import dev.touchstone.generator.runtime.Operation.Extent;
import dev.touchstone.generator.runtime.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a network as an ONNX model, with the fused operations that ONNX Runtime has CPU and CUDA kernels for:
 * LayerNormalization with a scale per group, MultiHeadAttention, QuickGelu (with alpha 1 it is SiLU).
 */
final class OnnxGraph {

    private final OnnxNodes nodes;
    private final Map<String, Parameter> parameters;
    private final OnnxLinear linear;
    private final Set<String> shapes = new HashSet<>();

    private OnnxGraph(Network network, Precision precision) {
        nodes = new OnnxNodes(network.name());
        parameters = network.parameters();
        linear = new OnnxLinear(nodes, precision);
    }

    /** The model's bytes. */
    static byte[] of(Network network, Precision precision) {
        OnnxGraph graph = new OnnxGraph(network, precision);
        network.inputs().forEach(graph.nodes::input);
        network.operations().forEach(graph::write);
        network.outputs().forEach(graph.nodes::output);
        return graph.nodes.model();
    }

    private void write(Operation operation) {
        if (operation instanceof Operation.Linear op) {
            linear.write(op, parameters.get(op.weight()), parameters.get(op.bias()));
        } else if (operation instanceof Operation.LayerNorm op) {
            nodes.node(
                    "LayerNormalization",
                    List.of(op.input(), value(op.scale()), value(op.shift())),
                    op.output(),
                    attribute("axis", -1),
                    attribute("epsilon", 1e-5f));
        } else if (operation instanceof Operation.Attention op) {
            nodes.node(
                    MICROSOFT,
                    "MultiHeadAttention",
                    List.of(op.query(), op.key(), op.value()),
                    List.of(op.output()),
                    attribute("num_heads", op.heads()));
        } else if (operation instanceof Operation.Activation op) {
            activation(op);
        } else if (operation instanceof Operation.Add op) {
            nodes.node("Add", List.of(value(op.left()), value(op.right())), op.output());
        } else if (operation instanceof Operation.Multiply op) {
            nodes.node("Mul", List.of(value(op.left()), value(op.right())), op.output());
        } else if (operation instanceof Operation.Embedding op) {
            nodes.node("Gather", List.of(value(op.table()), op.input()), op.output());
        } else if (operation instanceof Operation.Convolution op) {
            nodes.node(
                    "Conv",
                    List.of(op.input(), value(op.weight()), value(op.bias())),
                    op.output(),
                    attribute("kernel_shape", List.of(3L, 3L)),
                    attribute("pads", List.of(1L, 1L, 1L, 1L)));
        } else if (operation instanceof Operation.Split op) {
            nodes.node(
                    OnnxNodes.STANDARD,
                    "Split",
                    List.of(op.input()),
                    op.outputs(),
                    attribute("axis", 1),
                    attribute("num_outputs", op.outputs().size()));
        } else if (operation instanceof Operation.First op) {
            String index = nodes.fresh("index");
            nodes.longs(index, 0);
            String kept = nodes.fresh("first");
            nodes.node("Gather", List.of(op.input(), index), kept, attribute("axis", 1));
            nodes.node("Squeeze", List.of(kept, nodes.longs("_axis1", 1)), op.output());
        } else if (operation instanceof Operation.Reshape op) {
            nodes.node("Reshape", List.of(op.input(), shape(op.shape())), op.output());
        } else if (operation instanceof Operation.Repeat op) {
            nodes.node("Expand", List.of(op.input(), shape(List.of(op.times(), one(), one()))), op.output());
        }
    }

    private void activation(Operation.Activation op) {
        switch (op.function()) {
            case SILU ->
                nodes.node(MICROSOFT, "QuickGelu", List.of(op.input()), List.of(op.output()), attribute("alpha", 1.0f));
            case RELU -> nodes.node("Relu", List.of(op.input()), op.output());
            case SQUARED_RELU -> {
                String positive = nodes.fresh("positive");
                nodes.node("Relu", List.of(op.input()), positive);
                nodes.node("Mul", List.of(positive, positive), op.output());
            }
        }
    }

    private static Extent one() {
        return new Extent.Fixed(1);
    }

    private String value(String name) {
        Parameter parameter = parameters.get(name);
        return parameter == null ? name : nodes.floats(name, parameter.shape(), parameter.values());
    }

    /** A one-axis integer tensor that holds the shape; the same shape is written once. */
    private String shape(List<Extent> extents) {
        List<String> parts = new ArrayList<>();
        for (Extent extent : extents) {
            if (extent instanceof Extent.Axis axis) {
                parts.add(axis(axis));
            } else {
                long size = extent instanceof Extent.Fixed fixed ? fixed.size() : -1;
                parts.add(nodes.longs("_size" + size, size));
            }
        }
        String name = "_shape" + String.join("", parts);
        if (shapes.add(name)) {
            nodes.node("Concat", parts, name, attribute("axis", 0));
        }
        return name;
    }

    private String axis(Extent.Axis axis) {
        String name = "_size_" + axis.input() + "_" + axis.axis();
        if (shapes.add(name)) {
            nodes.node(
                    "Shape",
                    List.of(axis.input()),
                    name,
                    attribute("start", axis.axis()),
                    attribute("end", axis.axis() + 1));
        }
        return name;
    }
}
