package dev.touchstone.generator.runtime.nd4j;

import dev.touchstone.generator.runtime.Network;
import dev.touchstone.generator.runtime.Tensor;
import dev.touchstone.generator.runtime.TensorRuntime;
import dev.touchstone.generator.runtime.TensorRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.memory.NoOpMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as SameDiff graphs, one per combination of input shapes: with all sizes known, reshapes cost nothing. The
 * graphs share the parameters.
 */
final class Nd4jTensorRuntime implements TensorRuntime {

    private final Network network;
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();

    Nd4jTensorRuntime(Network network) {
        this.network = network;
        network.parameters().forEach((name, parameter) -> {
            long[] shape = longs(parameter.shape());
            parameters.put(name, Nd4j.create(parameter.values(), shape, 'c'));
        });
        SameDiffGraph.transposeWeights(network, parameters);
    }

    @Override
    public Binding bind(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
        return new Bound(inputs, outputs, SameDiffGraph.of(network, parameters, inputs));
    }

    static long[] longs(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    @Override
    public void close() {
        parameters.values().forEach(INDArray::close);
        parameters.clear();
    }

    private final class Bound implements Binding {
        private final Map<String, ? extends Tensor> inputs;
        private final Map<String, Tensor.Floats> outputs;
        private final SameDiff graph;

        Bound(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs, SameDiff graph) {
            this.inputs = new LinkedHashMap<>(inputs);
            this.outputs = new LinkedHashMap<>(outputs);
            this.graph = graph;
        }

        @Override
        public void run() {
            try {
                graph.getSessions().computeIfAbsent(Thread.currentThread().getId(), thread -> session());
                Map<String, INDArray> given = new LinkedHashMap<>();
                inputs.forEach((name, tensor) -> given.put(name, array(tensor)));
                Map<String, INDArray> results = graph.output(given, List.copyOf(outputs.keySet()));
                outputs.forEach((name, tensor) -> copy(name, results.get(name), tensor));
            } catch (RuntimeException e) {
                throw new TensorRuntimeException(
                        "network " + network.name() + ": " + Nd4jRuntimeProvider.explain(e), e);
            }
        }

        /** SameDiff's own memory manager hands out buffers again that reshaped values still look into. */
        private InferenceSession session() {
            InferenceSession session = new InferenceSession(graph);
            session.setMmgr(new NoOpMemoryMgr());
            return session;
        }

        private INDArray array(Tensor tensor) {
            long[] shape = longs(tensor.shape());
            if (tensor instanceof Tensor.Floats floats) {
                return Nd4j.create(floats.toArray(), shape, 'c');
            }
            int[] values = new int[tensor.size()];
            ((Tensor.Ints) tensor).data().get(0, values);
            return Nd4j.createFromArray(values).reshape('c', shape).castTo(DataType.INT32);
        }

        private void copy(String name, INDArray result, Tensor.Floats tensor) {
            if (result.length() != tensor.size()) {
                throw new TensorRuntimeException("network " + network.name() + ", output " + name + ": expected shape "
                        + tensor.shape() + ", found " + result.shapeInfoToString());
            }
            tensor.data().put(0, result.dup('c').data().asFloat());
        }

        @Override
        public void close() {
            // The graph holds no memory of its own: its parameters are the runtime's, its results the collector's.
        }
    }
}
