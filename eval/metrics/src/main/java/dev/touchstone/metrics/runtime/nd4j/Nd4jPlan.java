package dev.touchstone.metrics.runtime.nd4j;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Operation.Extent;
import dev.touchstone.metrics.runtime.Operation.Function;
import dev.touchstone.metrics.runtime.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.transforms.floating.RSqrt;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network as a list of ND4J operations over memory that is laid out once, for given input shapes. A SameDiff session
 * plans and allocates anew in every run, and its memory manager hands out memory that reshaped values still look into;
 * this list does neither.
 */
final class Nd4jPlan implements AutoCloseable {

    private final Map<String, INDArray> parameters;
    private final Map<String, ? extends Tensor> inputs;
    private final Nd4jBuffers values;
    private final List<Runnable> steps = new ArrayList<>();
    private final List<OpContext> contexts = new ArrayList<>();
    private final INDArray epsilon = Nd4j.createFromArray(1e-5f);

    Nd4jPlan(Network network, Map<String, INDArray> parameters, Map<String, ? extends Tensor> inputs) {
        this.parameters = parameters;
        this.inputs = inputs;
        values = new Nd4jBuffers(network);
        parameters.forEach(values::keep);
        for (Network.Input input : network.inputs()) {
            DataType type = input.type() == Network.Type.FLOAT ? DataType.FLOAT : DataType.INT32;
            long[] shape = Nd4jTensorRuntime.longs(inputs.get(input.name()).shape());
            values.keep(input.name(), Nd4j.create(type, shape, 'c'));
        }
        for (Operation operation : network.operations()) {
            plan(operation);
            operation.inputs().forEach(values::read);
        }
    }

    INDArray value(String name) {
        return values.get(name);
    }

    void run() {
        steps.forEach(Runnable::run);
    }

    private void plan(Operation operation) {
        if (operation instanceof Operation.Linear op) {
            linear(op);
        } else if (operation instanceof Operation.LayerNorm op) {
            layerNorm(op);
        } else if (operation instanceof Operation.Attention op) {
            attention(op);
        } else if (operation instanceof Operation.ProductTransposed op) {
            INDArray a = value(op.left());
            INDArray b = value(op.right());
            step("matmul", List.of(a, b), List.of(values.add(op.output(), a.size(0), a.size(1), b.size(1))), 0, 1, 0);
        } else if (operation instanceof Operation.Product op) {
            INDArray a = value(op.left());
            INDArray b = value(op.right());
            step("matmul", List.of(a, b), List.of(values.add(op.output(), a.size(0), a.size(1), b.size(2))), 0, 0, 0);
        } else if (operation instanceof Operation.Softmax op) {
            INDArray x = value(op.input());
            step("softmax", List.of(x), List.of(values.add(op.output(), x.shape())), x.rank() - 1);
        } else if (operation instanceof Operation.HeadsFirst op) {
            INDArray x = value(op.input());
            INDArray y = values.add(op.output(), x.size(0), op.heads() * x.size(1), x.size(2) / op.heads());
            copy(heads(x, op.heads()), y);
        } else if (operation instanceof Operation.Activation op) {
            activation(op);
        } else if (operation instanceof Operation.Add op) {
            pair("add", op.left(), op.right(), op.output());
        } else if (operation instanceof Operation.Multiply op) {
            pair("multiply", op.left(), op.right(), op.output());
        } else if (operation instanceof Operation.Embedding op) {
            INDArray at = value(op.input());
            INDArray table = value(op.table());
            INDArray rows = values.add(op.output(), at.size(0), at.size(1), table.size(1));
            step("gather", List.of(table, at), List.of(rows), 0);
        } else if (operation instanceof Operation.Convolution op) {
            INDArray x = value(op.input());
            INDArray weight = value(op.weight());
            INDArray y = values.add(op.output(), x.size(0), weight.size(0), x.size(2), x.size(3));
            long side = weight.size(2);
            long border = side / 2;
            // Kernel, stride, padding, dilation; padding as given; channels first; weights [out, in, rows, columns].
            List<INDArray> in = List.of(x, weight, value(op.bias()));
            step("conv2d", in, List.of(y), side, side, 1, 1, border, border, 1, 1, 0, 0, 1);
        } else if (operation instanceof Operation.SpaceToDepth op) {
            INDArray x = value(op.input());
            long k = op.block();
            INDArray y = values.add(op.output(), x.size(0), x.size(1) * k * k, x.size(2) / k, x.size(3) / k);
            INDArray squares = x.reshape('c', x.size(0), x.size(1), y.size(2), k, y.size(3), k);
            copy(squares.permute(0, 3, 5, 1, 2, 4), y);
        } else if (operation instanceof Operation.DepthToSpace op) {
            INDArray x = value(op.input());
            long k = op.block();
            INDArray y = values.add(op.output(), x.size(0), x.size(1) / (k * k), x.size(2) * k, x.size(3) * k);
            INDArray squares = x.reshape('c', x.size(0), k, k, y.size(1), x.size(2), x.size(3));
            copy(squares.permute(0, 3, 4, 1, 5, 2), y);
        } else if (operation instanceof Operation.Split op) {
            INDArray x = value(op.input());
            List<INDArray> pieces = op.outputs().stream()
                    .map(name -> values.add(name, x.size(0), 1, x.size(2)))
                    .toList();
            step("split", List.of(x), pieces, pieces.size(), 1);
        } else if (operation instanceof Operation.First op) {
            INDArray x = value(op.input());
            INDArray first = x.get(NDArrayIndex.all(), NDArrayIndex.point(0), NDArrayIndex.all());
            INDArray y = values.add(op.output(), x.size(0), x.size(2));
            steps.add(() -> y.assign(first));
        } else if (operation instanceof Operation.Reshape op) {
            values.view(
                    op.output(), op.input(), shape(op.shape(), value(op.input()).length()));
        } else if (operation instanceof Operation.Repeat op) {
            INDArray x = value(op.input());
            INDArray zeros = Nd4j.zeros(DataType.FLOAT, extent(op.times()), 1, 1);
            INDArray y = values.add(op.output(), extent(op.times()), x.size(0), x.size(1));
            step("add", List.of(zeros, x.reshape('c', 1, x.size(0), x.size(1))), List.of(y));
        }
    }

    private void step(String name, List<INDArray> in, List<INDArray> out, long... numbers) {
        DynamicCustomOp op = DynamicCustomOp.builder(name).build();
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(in.toArray(INDArray[]::new));
        context.setOutputArrays(out.toArray(INDArray[]::new));
        if (numbers.length > 0) {
            context.setIArguments(numbers);
        }
        contexts.add(context);
        steps.add(() -> Nd4j.exec(op, context));
    }

    /** Values in the order of a view, to memory that lies in order. */
    private void copy(INDArray view, INDArray to) {
        INDArray target = to.reshape('c', view.shape());
        steps.add(() -> target.assign(view));
    }

    private void linear(Operation.Linear op) {
        INDArray x = value(op.input());
        INDArray weight = value(op.weight());
        long[] shape = x.shape().clone();
        shape[shape.length - 1] = weight.size(1);
        INDArray y = values.add(op.output(), shape);
        step("xw_plus_b", List.of(rows(x), weight, value(op.bias())), List.of(rows(y)));
    }

    private static INDArray rows(INDArray x) {
        long width = x.size(-1);
        return x.rank() == 2 ? x : x.reshape('c', x.length() / width, width);
    }

    /** From parts: ND4J's layer_norm adds its epsilon to the deviation instead of the variance, and takes five times as long. */
    private void layerNorm(Operation.LayerNorm op) {
        INDArray x = value(op.input());
        long[] column = x.shape().clone();
        long last = column.length - 1;
        column[column.length - 1] = 1;
        INDArray y = values.add(op.output(), x.shape());
        INDArray mean = values.scratch(column);
        INDArray square = values.scratch(x.shape());
        INDArray axis = Nd4j.createFromArray(last);
        keepAxis("reduce_mean", x, axis, mean);
        step("subtract", List.of(x, mean), List.of(y));
        step("multiply", List.of(y, y), List.of(square));
        keepAxis("reduce_mean", square, axis, mean);
        step("add", List.of(mean, epsilon), List.of(mean));
        RSqrt root = new RSqrt(mean, mean);
        steps.add(() -> Nd4j.exec(root));
        step("multiply", List.of(y, mean), List.of(y));
        step("multiply", List.of(y, value(op.scale())), List.of(y));
        step("add", List.of(y, value(op.shift())), List.of(y));
        values.giveBack(mean);
        values.giveBack(square);
    }

    private void keepAxis(String name, INDArray x, INDArray axis, INDArray out) {
        step(name, List.of(x, axis), List.of(out));
        contexts.get(contexts.size() - 1).setBArguments(true);
    }

    /** Heads are views of the rows they lie in: the products read and write them in place. */
    private void attention(Operation.Attention op) {
        INDArray q = heads(value(op.query()), op.heads());
        INDArray k = heads(value(op.key()), op.heads());
        INDArray v = heads(value(op.value()), op.heads());
        INDArray y = values.add(op.output(), value(op.query()).shape());
        INDArray scores = values.scratch(q.size(0), q.size(1), q.size(2), k.size(2));
        INDArray weights = values.scratch(scores.shape());
        INDArray scale = Nd4j.createFromArray((float) (1 / Math.sqrt(q.size(3))));
        step("matmul", List.of(q, k), List.of(scores), 0, 1, 0);
        step("multiply", List.of(scores, scale), List.of(scores));
        step("softmax", List.of(scores), List.of(weights), 3);
        step("matmul", List.of(weights, v), List.of(heads(y, op.heads())), 0, 0, 0);
        values.giveBack(scores);
        values.giveBack(weights);
    }

    private static INDArray heads(INDArray x, int heads) {
        return x.reshape('c', x.size(0), x.size(1), heads, x.size(2) / heads).permute(0, 2, 1, 3);
    }

    private void activation(Operation.Activation op) {
        INDArray x = value(op.input());
        INDArray y = values.add(op.output(), x.shape());
        if (op.function() == Function.SILU) {
            Swish swish = new Swish(x, y);
            steps.add(() -> Nd4j.exec(swish));
            return;
        }
        step("relu", List.of(x), List.of(y));
        contexts.get(contexts.size() - 1).setTArguments(0);
        if (op.function() == Function.SQUARED_RELU) {
            step("multiply", List.of(y, y), List.of(y));
        }
    }

    private void pair(String name, String left, String right, String output) {
        INDArray a = value(left);
        INDArray b = value(right);
        step(name, List.of(a, b), List.of(values.add(output, broadcast(a.shape(), b.shape()))));
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

    private long extent(Extent extent) {
        if (extent instanceof Extent.Axis axis) {
            return inputs.get(axis.input()).shape().get(axis.axis());
        }
        return extent instanceof Extent.Fixed fixed ? fixed.size() : -1;
    }

    private long[] shape(List<Extent> extents, long size) {
        long[] shape = extents.stream().mapToLong(this::extent).toArray();
        long known = 1;
        for (long axis : shape) {
            known *= Math.max(1, axis);
        }
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shape[i] < 0 ? size / known : shape[i];
        }
        return shape;
    }

    @Override
    public void close() {
        steps.clear();
        contexts.clear();
        values.close();
    }
}
