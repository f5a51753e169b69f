package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.network.InceptionUnits.Unit;
import dev.touchstone.metrics.weights.onnx.OnnxGraph;
import dev.touchstone.metrics.weights.onnx.OnnxGraph.Rounding;
import java.util.List;

/**
 * The FID Inception-v3 as an ONNX model: TensorFlow's 2015 graph as ported by pytorch-fid, not torchvision's network.
 * Average pools do not count the padding, and the last block pools by maximum. Batch-norm is folded into the
 * convolutions, in double.
 *
 * <p>Input {@code image} {@code [n, 3, 299, 299]}, already scaled. Outputs {@code features} {@code [n, 2048]},
 * {@code features-64}, {@code features-192}, {@code features-768} (means over the image) and {@code logits}
 * {@code [n, 1008]}, without the classifier's bias.
 */
public final class InceptionGraph {

    /** Side of the input. */
    static final int SIDE = 299;

    private static final double EPSILON = 1e-3;

    private final StateDict weights;
    private final InceptionUnits units = new InceptionUnits();
    private final OnnxGraph graph = new OnnxGraph("inception-v3-fid");

    private InceptionGraph(StateDict weights) {
        this.weights = weights;
    }

    public static byte[] model(StateDict weights) {
        return new InceptionGraph(weights).build();
    }

    private byte[] build() {
        String x = graph.input("image", "n", 3, SIDE, SIDE);
        x = unit(unit(unit(x, "Conv2d_1a_3x3"), "Conv2d_2a_3x3"), "Conv2d_2b_3x3");
        x = graph.maxPool(x, 3, 2, 0, Rounding.DOWN);
        String pool64 = x;
        x = unit(unit(x, "Conv2d_3b_1x1"), "Conv2d_4a_3x3");
        x = graph.maxPool(x, 3, 2, 0, Rounding.DOWN);
        String pool192 = x;
        for (String block : List.of("Mixed_5b", "Mixed_5c", "Mixed_5d")) {
            x = blockA(x, block);
        }
        x = blockB(x, "Mixed_6a");
        for (String block : List.of("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e")) {
            x = blockC(x, block);
        }
        String pool768 = x;
        x = blockD(x, "Mixed_7a");
        x = blockE(x, "Mixed_7b", graph.averagePool3(x));
        x = blockE(x, "Mixed_7c", graph.maxPool(x, 3, 1, 1, Rounding.DOWN));
        String features = graph.globalAverage(x);
        graph.output("features", features, "n", InceptionUnits.FEATURES);
        graph.output("features-64", graph.globalAverage(pool64), "n", 64);
        graph.output("features-192", graph.globalAverage(pool192), "n", 192);
        graph.output("features-768", graph.globalAverage(pool768), "n", 768);
        String classifier = graph.constant("fc.weight", weights.tensor("fc.weight"));
        String logits = graph.node(
                "Gemm", List.of(features, classifier), graph.fresh("logits"), OnnxGraph.longAttribute("transB", 1));
        graph.output("logits", logits, "n", InceptionUnits.CLASSES);
        return graph.model();
    }

    private String blockA(String x, String block) {
        return graph.concat(
                unit(x, block + ".branch1x1"),
                units(x, block, "branch5x5_1", "branch5x5_2"),
                units(x, block, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
                unit(graph.averagePool3(x), block + ".branch_pool"));
    }

    private String blockB(String x, String block) {
        return graph.concat(
                unit(x, block + ".branch3x3"),
                units(x, block, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
                graph.maxPool(x, 3, 2, 0, Rounding.DOWN));
    }

    private String blockC(String x, String block) {
        return graph.concat(
                unit(x, block + ".branch1x1"),
                units(x, block, "branch7x7_1", "branch7x7_2", "branch7x7_3"),
                units(
                        x,
                        block,
                        "branch7x7dbl_1",
                        "branch7x7dbl_2",
                        "branch7x7dbl_3",
                        "branch7x7dbl_4",
                        "branch7x7dbl_5"),
                unit(graph.averagePool3(x), block + ".branch_pool"));
    }

    private String blockD(String x, String block) {
        return graph.concat(
                units(x, block, "branch3x3_1", "branch3x3_2"),
                units(x, block, "branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3", "branch7x7x3_4"),
                graph.maxPool(x, 3, 2, 0, Rounding.DOWN));
    }

    private String blockE(String x, String block, String pooled) {
        String middle = unit(x, block + ".branch3x3_1");
        String deep = units(x, block, "branch3x3dbl_1", "branch3x3dbl_2");
        return graph.concat(
                unit(x, block + ".branch1x1"),
                unit(middle, block + ".branch3x3_2a"),
                unit(middle, block + ".branch3x3_2b"),
                unit(deep, block + ".branch3x3dbl_3a"),
                unit(deep, block + ".branch3x3dbl_3b"),
                unit(pooled, block + ".branch_pool"));
    }

    private String units(String x, String block, String... names) {
        String value = x;
        for (String name : names) {
            value = unit(value, block + "." + name);
        }
        return value;
    }

    private String unit(String x, String name) {
        Unit unit = units.unit(name);
        WeightTensor kernel = weights.tensor(name + ".conv.weight");
        float[] gamma = weights.tensor(name + ".bn.weight").values();
        float[] beta = weights.tensor(name + ".bn.bias").values();
        float[] mean = weights.tensor(name + ".bn.running_mean").values();
        float[] variance = weights.tensor(name + ".bn.running_var").values();
        int out = unit.shape().get(0);
        int taps = kernel.values().length / out;
        float[] folded = new float[kernel.values().length];
        float[] bias = new float[out];
        for (int channel = 0; channel < out; channel++) {
            double scale = gamma[channel] / Math.sqrt(variance[channel] + EPSILON);
            for (int tap = 0; tap < taps; tap++) {
                folded[channel * taps + tap] = (float) (kernel.values()[channel * taps + tap] * scale);
            }
            bias[channel] = (float) (beta[channel] - mean[channel] * scale);
        }
        String weight = graph.constant(name + ".weight", new WeightTensor(kernel.shape(), folded));
        String shift = graph.constant(name + ".bias", new WeightTensor(List.of(out), bias));
        return graph.relu(
                graph.convolution(x, weight, List.of(shift), unit.stride(), unit.padHeight(), unit.padWidth()));
    }
}
