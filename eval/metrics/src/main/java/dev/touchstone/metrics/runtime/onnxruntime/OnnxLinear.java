package dev.touchstone.metrics.runtime.onnxruntime;

import static dev.touchstone.metrics.runtime.onnxruntime.OnnxNodes.attribute;

import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Precision;
import java.util.List;
import java.util.Map;

/**
 * Writes linear layers in the wanted precision.
 *
 * <p>{@link Precision#INT8}: weights are rounded to [-127, 127] with one scale per output channel (its largest magnitude
 * over 127), activations to 8 bits over the range they have when they arrive, sums are 32-bit integers.
 */
final class OnnxLinear {

    private static final int LARGEST = 127;

    private final OnnxNodes nodes;
    private final Precision precision;

    OnnxLinear(OnnxNodes nodes, Precision precision) {
        this.nodes = nodes;
        this.precision = precision;
    }

    /** Writes rows [n, in] to rows [n, out]. */
    void write(Operation.Linear op, String rows, String output, Map<String, Parameter> parameters) {
        Parameter weight = parameters.get(op.weight());
        Parameter bias = parameters.get(op.bias());
        nodes.floats(op.bias(), bias.shape(), bias.values());
        if (precision == Precision.INT8) {
            quantized(op, rows, output, weight);
        } else {
            nodes.floats(op.weight(), weight.shape(), weight.values());
            nodes.node("Gemm", List.of(rows, op.weight(), op.bias()), output, attribute("transB", 1));
        }
    }

    private void quantized(Operation.Linear op, String rows, String output, Parameter weight) {
        int out = weight.shape().get(0);
        int in = weight.shape().get(1);
        float[] scales = new float[out];
        byte[] rounded = new byte[out * in];
        for (int channel = 0; channel < out; channel++) {
            float largest = 0;
            for (int i = 0; i < in; i++) {
                largest = Math.max(largest, Math.abs(weight.values()[channel * in + i]));
            }
            scales[channel] = largest == 0 ? 1 : largest / LARGEST;
            for (int i = 0; i < in; i++) {
                rounded[i * out + channel] = (byte) Math.round(weight.values()[channel * in + i] / scales[channel]);
            }
        }
        String weights = nodes.bytes(op.weight() + "/int8", List.of(in, out), rounded);
        String scale = nodes.floats(op.weight() + "/scale", List.of(out), scales);
        nodes.node(
                OnnxNodes.MICROSOFT,
                "DynamicQuantizeMatMul",
                List.of(rows, weights, scale, "", op.bias()),
                List.of(output));
    }
}
