package dev.touchstone.generator.runtime.onnxruntime;

import dev.touchstone.generator.runtime.Network.Parameter;
import dev.touchstone.generator.runtime.Operation;
import dev.touchstone.generator.runtime.Precision;
import java.util.List;

/** Writes linear layers in the wanted precision. */
final class OnnxLinear {

    private final OnnxNodes nodes;
    private final Precision precision;

    OnnxLinear(OnnxNodes nodes, Precision precision) {
        this.nodes = nodes;
        this.precision = precision;
    }

    void write(Operation.Linear op, Parameter weight, Parameter bias) {
        int out = weight.shape().get(0);
        int in = weight.shape().get(1);
        nodes.floats(op.bias(), bias.shape(), bias.values());
        String product = nodes.fresh("product");
        float[] transposed = transpose(weight.values(), out, in);
        nodes.floats(op.weight(), List.of(in, out), transposed);
        nodes.node("MatMul", List.of(op.input(), op.weight()), product);
        nodes.node("Add", List.of(product, op.bias()), op.output());
    }

    private static float[] transpose(float[] values, int rows, int columns) {
        float[] transposed = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                transposed[column * rows + row] = values[row * columns + column];
            }
        }
        return transposed;
    }
}
