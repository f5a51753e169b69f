package dev.touchstone.generator.runtime.nd4j;

import dev.touchstone.generator.runtime.Network;
import dev.touchstone.generator.runtime.Operation;
import dev.touchstone.generator.runtime.Operation.Extent;
import dev.touchstone.generator.runtime.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;

/** Builds a SameDiff graph of a network for given input shapes. */
final class SameDiffGraph {

    private final SameDiff graph = SameDiff.create();
    private final Map<String, INDArray> parameters;
    private final Map<String, ? extends Tensor> inputs;
    private final Map<String, SDVariable> values = new HashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();

    private SameDiffGraph(Map<String, INDArray> parameters, Map<String, ? extends Tensor> inputs) {
        this.parameters = parameters;
        this.inputs = inputs;
    }

    static SameDiff of(Network network, Map<String, INDArray> parameters, Map<String, ? extends Tensor> inputs) {
        SameDiffGraph builder = new SameDiffGraph(parameters, inputs);
        for (Network.Input input : network.inputs()) {
            DataType type = input.type() == Network.Type.FLOAT ? DataType.FLOAT : DataType.INT32;
            long[] shape = Nd4jTensorRuntime.longs(inputs.get(input.name()).shape());
            builder.put(input.name(), builder.graph.placeHolder(input.name(), type, shape), shape);
        }
        network.operations().forEach(builder::write);
        network.outputs()
                .forEach(name ->
                        builder.graph.renameVariable(builder.values.get(name).name(), name));
        return builder.graph;
    }

    /** Turns the weights of linear layers from [out, in] to [in, out], once for all graphs. */
    static void transposeWeights(Network network, Map<String, INDArray> parameters) {
        Set<String> done = new HashSet<>();
        for (Operation operation : network.operations()) {
            if (operation instanceof Operation.Linear op && done.add(op.weight())) {
                parameters.computeIfPresent(
                        op.weight(), (name, weight) -> weight.transpose().dup('c'));
            }
        }
    }

    private void put(String name, SDVariable value, long... shape) {
        values.put(name, value);
        shapes.put(name, shape);
    }

    private SDVariable value(String name) {
        return values.computeIfAbsent(name, parameter -> {
            INDArray array = parameters.get(parameter);
            shapes.put(parameter, array.shape());
            return graph.constant("parameter/" + parameter, array);
        });
    }

    private void write(Operation operation) {
        if (operation instanceof Operation.Linear op) {
            linear(op);
        } else if (operation instanceof Operation.LayerNorm op) {
            layerNorm(op);
        } else if (operation instanceof Operation.Attention op) {
            attention(op);
        } else if (operation instanceof Operation.Activation op) {
            put(op.output(), activation(op.function(), value(op.input())), shapes.get(op.input()));
        } else if (operation instanceof Operation.Add op) {
            SDVariable sum = value(op.left()).add(value(op.right()));
            put(op.output(), sum, broadcast(shapes.get(op.left()), shapes.get(op.right())));
        } else if (operation instanceof Operation.Multiply op) {
            SDVariable product = value(op.left()).mul(value(op.right()));
            put(op.output(), product, broadcast(shapes.get(op.left()), shapes.get(op.right())));
        } else if (operation instanceof Operation.Embedding op) {
            long[] at = shapes.get(op.input());
            SDVariable rows = graph.gather(value(op.table()), value(op.input()), 0);
            put(op.output(), rows, at[0], at[1], parameters.get(op.table()).size(1));
        } else if (operation instanceof Operation.Convolution op) {
            convolution(op);
        } else if (operation instanceof Operation.Split op) {
            split(op);
        } else if (operation instanceof Operation.First op) {
            long[] shape = shapes.get(op.input());
            SDVariable first = graph.slice(value(op.input()), new int[3], (int) shape[0], 1, (int) shape[2]);
            put(op.output(), graph.reshape(first, shape[0], shape[2]), shape[0], shape[2]);
        } else if (operation instanceof Operation.Reshape op) {
            long[] shape = shape(op.shape(), size(shapes.get(op.input())));
            put(op.output(), graph.reshape(value(op.input()), shape), shape);
        } else if (operation instanceof Operation.Repeat op) {
            long[] rows = shapes.get(op.input());
            long times = extent(op.times());
            SDVariable one = graph.reshape(value(op.input()), 1, rows[0], rows[1]);
            put(op.output(), times == 1 ? one : graph.tile(one, (int) times, 1, 1), times, rows[0], rows[1]);
        }
    }

    private void linear(Operation.Linear op) {
        long[] shape = shapes.get(op.input());
        long in = shape[shape.length - 1];
        SDVariable weight = value(op.weight());
        long out = shapes.get(op.weight())[1];
        long rows = size(shape) / in;
        SDVariable flat = shape.length == 2 ? value(op.input()) : graph.reshape(value(op.input()), rows, in);
        SDVariable product = graph.nn.linear(flat, weight, value(op.bias()));
        long[] result = shape.clone();
        result[shape.length - 1] = out;
        put(op.output(), shape.length == 2 ? product : graph.reshape(product, result), result);
    }

    /** By hand: ND4J's own layer_norm adds its epsilon to the deviation instead of the variance. */
    private void layerNorm(Operation.LayerNorm op) {
        long[] shape = shapes.get(op.input());
        SDVariable x = value(op.input());
        SDVariable centred = x.sub(graph.mean(x, true, shape.length - 1));
        SDVariable variance = graph.mean(graph.math.square(centred), true, shape.length - 1);
        SDVariable plain = centred.mul(graph.math.rsqrt(variance.add(1e-5)));
        put(op.output(), plain.mul(value(op.scale())).add(value(op.shift())), shape);
    }

    private void attention(Operation.Attention op) {
        long[] shape = shapes.get(op.query());
        long depth = shape[2] / op.heads();
        SDVariable q = heads(op.query(), op.heads());
        SDVariable k = heads(op.key(), op.heads());
        SDVariable v = heads(op.value(), op.heads());
        SDVariable scores = graph.mmul(q, k, false, true, false).mul(1 / Math.sqrt(depth));
        SDVariable mixed = graph.mmul(graph.nn.softmax(scores, 3), v);
        put(op.output(), graph.reshape(graph.permute(mixed, 0, 2, 1, 3), shape), shape);
    }

    private SDVariable heads(String name, int heads) {
        long[] shape = shapes.get(name);
        SDVariable split = graph.reshape(value(name), shape[0], shape[1], heads, shape[2] / heads);
        return graph.permute(split, 0, 2, 1, 3);
    }

    private SDVariable activation(Operation.Function function, SDVariable x) {
        return switch (function) {
            case SILU -> graph.nn.swish(x);
            case RELU -> graph.nn.relu(x, 0);
            case SQUARED_RELU -> graph.math.square(graph.nn.relu(x, 0));
        };
    }

    private void convolution(Operation.Convolution op) {
        long[] shape = shapes.get(op.input());
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(3)
                .kW(3)
                .pH(1)
                .pW(1)
                .sH(1)
                .sW(1)
                .dataFormat("NCHW")
                .weightsFormat(WeightsFormat.OIYX)
                .build();
        SDVariable out = graph.cnn.conv2d(value(op.input()), value(op.weight()), value(op.bias()), config);
        put(op.output(), out, shape[0], parameters.get(op.weight()).size(0), shape[2], shape[3]);
    }

    private void split(Operation.Split op) {
        long[] shape = shapes.get(op.input()).clone();
        SDVariable[] pieces = graph.split(value(op.input()), op.outputs().size(), 1);
        shape[1] = 1;
        for (int i = 0; i < pieces.length; i++) {
            put(op.outputs().get(i), pieces[i], shape);
        }
    }

    private long extent(Extent extent) {
        if (extent instanceof Extent.Fixed fixed) {
            return fixed.size();
        }
        if (extent instanceof Extent.Axis axis) {
            return inputs.get(axis.input()).shape().get(axis.axis());
        }
        return -1;
    }

    private long[] shape(List<Extent> extents, long size) {
        List<Long> sizes = new ArrayList<>();
        long known = 1;
        for (Extent extent : extents) {
            sizes.add(extent(extent));
            known *= Math.max(1, extent(extent));
        }
        long rest = size / known;
        return sizes.stream().mapToLong(each -> each < 0 ? rest : each).toArray();
    }

    private static long size(long[] shape) {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        return size;
    }

    private static long[] broadcast(long[] left, long[] right) {
        long[] longer = left.length >= right.length ? left : right;
        long[] shorter = left.length >= right.length ? right : left;
        long[] result = longer.clone();
        for (int i = 0; i < shorter.length; i++) {
            int at = longer.length - shorter.length + i;
            result[at] = Math.max(longer[at], shorter[i]);
        }
        return result;
    }
}
