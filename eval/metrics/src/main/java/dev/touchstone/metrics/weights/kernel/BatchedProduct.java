package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.onnx.OnnxGraph;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.util.List;
import java.util.Map;

/** Products of batches of matrices by ONNX Runtime, which has kernels for every width of vectors. Thread-safe. */
public final class BatchedProduct implements AutoCloseable {

    private final OnnxNetwork network;

    public BatchedProduct(int threads) {
        OnnxGraph graph = new OnnxGraph("product");
        String left = graph.input("left", "batch", "rows", "inner");
        String right = graph.input("right", "batch", "inner", "columns");
        graph.output("product", graph.node("MatMul", List.of(left, right)), "batch", "rows", "columns");
        network = new OnnxNetwork("product", graph.model(), threads);
    }

    /** {@code [b, rows, inner] x [b, inner, columns] -> [b, rows, columns]}. */
    void multiply(Floats left, Floats right, Floats product) {
        network.run(Map.of("left", left, "right", right), Map.of("product", product));
    }

    @Override
    public void close() {
        network.close();
    }
}
