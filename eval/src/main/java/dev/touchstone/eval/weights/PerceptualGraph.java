package dev.touchstone.eval.weights;

import dev.touchstone.eval.weights.OnnxGraph.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * LPIPS v0.1 as an ONNX model: inputs {@code generated} and {@code reference}, {@code [n, 3, h, w]} in [-1, 1]; output
 * {@code distance} {@code [n]} or, spatial, {@code map} {@code [n, 1, h, w]}.
 */
final class PerceptualGraph extends PerceptualBackbone.Layers {

    private static final float[] SHIFT = {-.030f, -.088f, -.188f};
    private static final float[] SCALE = {.458f, .448f, .450f};
    private static final float EPSILON = 1e-10f;

    /** What comes out. */
    enum Answer {
        SCALAR,
        SPATIAL
    }

    private final OnnxGraph graph;
    private final StateDict weights;
    private final List<String> taps = new ArrayList<>();
    private String x;

    private PerceptualGraph(OnnxGraph graph, StateDict weights, String input) {
        this.graph = graph;
        this.weights = weights;
        x = input;
    }

    static byte[] model(PerceptualBackbone backbone, StateDict weights, StateDict linear, Answer answer) {
        OnnxGraph graph = new OnnxGraph("lpips-" + backbone.text());
        String generated = graph.input("generated", "n", 3, "h", "w");
        String reference = graph.input("reference", "n", 3, "h", "w");
        String both = graph.node(
                "Concat", List.of(generated, reference), graph.fresh("both"), OnnxGraph.longAttribute("axis", 0));
        String shift = graph.constant("shift", new WeightTensor(List.of(1, 3, 1, 1), SHIFT));
        String scale = graph.constant("scale", new WeightTensor(List.of(1, 3, 1, 1), SCALE));
        String scaled = graph.node("Div", List.of(graph.node("Sub", List.of(both, shift)), scale));
        PerceptualGraph layers = new PerceptualGraph(graph, weights, scaled);
        backbone.build(layers);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < layers.taps.size(); i++) {
            String name = "lin" + i + ".model.1.weight";
            WeightTensor weight = linear.tensor(name);
            String difference = difference(
                    graph,
                    layers.taps.get(i),
                    graph.constant(name, weight),
                    weight.shape().get(1));
            parts.add(
                    answer == Answer.SCALAR
                            ? graph.node("GlobalAveragePool", List.of(difference))
                            : upsampled(graph, difference, generated));
        }
        String sum = graph.node("Sum", parts);
        if (answer == Answer.SCALAR) {
            graph.output("distance", graph.node("Reshape", List.of(sum, graph.longs(-1))), "n");
        } else {
            graph.output("map", sum, "n", 1, "h", "w");
        }
        return graph.model();
    }

    /** Weighted squared difference of unit vectors, {@code [n, 1, h', w']}. */
    private static String difference(OnnxGraph graph, String tap, String linear, int channels) {
        // A convolution by ones: ONNX Runtime's ReduceSumSquare over channels takes several times as long.
        String squares =
                graph.convolution(graph.node("Mul", List.of(tap, tap)), ones(graph, channels), List.of(), 1, 0, 0);
        String norm = graph.node("Add", List.of(graph.node("Sqrt", List.of(squares)), graph.constant(EPSILON)));
        String unit = graph.node("Div", List.of(tap, norm));
        String first = graph.fresh("first");
        String second = graph.fresh("second");
        graph.nodes(
                "Split",
                List.of(unit),
                List.of(first, second),
                OnnxGraph.longAttribute("axis", 0),
                OnnxGraph.longAttribute("num_outputs", 2));
        String difference = graph.node("Sub", List.of(first, second));
        return graph.convolution(graph.node("Mul", List.of(difference, difference)), linear, List.of(), 1, 0, 0);
    }

    private static String ones(OnnxGraph graph, int channels) {
        float[] ones = new float[channels];
        Arrays.fill(ones, 1);
        return graph.constant(graph.fresh("ones"), new WeightTensor(List.of(1, channels, 1, 1), ones));
    }

    private static String upsampled(OnnxGraph graph, String map, String image) {
        String size = graph.node("Shape", List.of(image), graph.fresh("size"), OnnxGraph.longAttribute("start", 2));
        String leading = graph.node("Shape", List.of(map), graph.fresh("size"), OnnxGraph.longAttribute("end", 2));
        String sizes =
                graph.node("Concat", List.of(leading, size), graph.fresh("sizes"), OnnxGraph.longAttribute("axis", 0));
        return graph.node(
                "Resize",
                List.of(map, "", "", sizes),
                graph.fresh("map"),
                OnnxGraph.textAttribute("mode", "linear"),
                OnnxGraph.textAttribute("coordinate_transformation_mode", "half_pixel"));
    }

    @Override
    void convolve(String name, int out, int in, int kernel, int stride, int padding) {
        x = convolved(x, name, stride, padding);
    }

    private String convolved(String input, String name, int stride, int padding) {
        String weight = graph.constant(name + ".weight", weights.tensor(name + ".weight"));
        String bias = graph.constant(name + ".bias", weights.tensor(name + ".bias"));
        return graph.relu(graph.convolution(input, weight, List.of(bias), stride, padding, padding));
    }

    @Override
    void fire(String name, int squeeze, int expand, int in) {
        String squeezed = convolved(x, name + ".squeeze", 1, 0);
        x = graph.concat(
                convolved(squeezed, name + ".expand1x1", 1, 0), convolved(squeezed, name + ".expand3x3", 1, 1));
    }

    @Override
    PerceptualBackbone.Layers pool(Rounding rounding) {
        x = graph.maxPool(x, 3, 2, 0, rounding);
        return this;
    }

    @Override
    PerceptualBackbone.Layers pool2() {
        x = graph.maxPool(x, 2, 2, 0, Rounding.DOWN);
        return this;
    }

    @Override
    void tap() {
        taps.add(x);
    }
}
