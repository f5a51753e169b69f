package dev.touchstone.metrics.weights.store;

import dev.touchstone.metrics.weights.container.Safetensors;
import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.network.Formula;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weight files by formula, for tests outside this package. */
public final class FormulaStore {

    private FormulaStore() {}

    /** A safetensors file of the published shapes of a kind. */
    public static Path write(Path folder, WeightsKind kind) throws IOException {
        Map<String, WeightTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, List<Integer>> shape : kind.shapes().entrySet()) {
            tensors.put(shape.getKey(), Formula.tensor(shape.getKey(), shape.getValue()));
        }
        Path file = folder.resolve(kind.text() + ".safetensors");
        Safetensors.write(file, tensors);
        return file;
    }
}
