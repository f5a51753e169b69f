package dev.touchstone.metrics.runtime.nd4j;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Operation;
import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network's parameters as ND4J arrays, and a plan per combination of input shapes. */
final class Nd4jTensorRuntime implements TensorRuntime {

    private final Network network;
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();

    Nd4jTensorRuntime(Network network) {
        this.network = network;
        network.parameters()
                .forEach((name, parameter) ->
                        parameters.put(name, Nd4j.create(parameter.values(), longs(parameter.shape()), 'c')));
        Set<String> transposed = new HashSet<>();
        for (Operation operation : network.operations()) {
            if (operation instanceof Operation.Linear op && transposed.add(op.weight())) {
                parameters.computeIfPresent(
                        op.weight(), (name, weight) -> weight.transpose().dup('c'));
            }
        }
    }

    @Override
    public Binding bind(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
        try {
            return new Bound(inputs, outputs);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    static long[] longs(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    private TensorRuntimeException failure(RuntimeException e) {
        return new TensorRuntimeException(
                "network " + network.name() + ": " + Nd4jRuntimeProvider.explain("ND4J could not run it", e), e);
    }

    @Override
    public void close() {
        parameters.values().forEach(INDArray::close);
        parameters.clear();
    }

    private final class Bound implements Binding {
        private final Map<String, ? extends Tensor> inputs;
        private final Map<String, Tensor.Floats> outputs;
        private final Nd4jPlan plan;

        Bound(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
            this.inputs = new LinkedHashMap<>(inputs);
            this.outputs = new LinkedHashMap<>(outputs);
            plan = new Nd4jPlan(network, parameters, inputs);
            this.outputs.forEach((name, tensor) -> checkLength(name, tensor, plan.value(name)));
        }

        private void checkLength(String name, Tensor.Floats tensor, INDArray result) {
            if (result.length() != tensor.size()) {
                throw new TensorRuntimeException("network " + network.name() + ", output " + name + ": expected shape "
                        + List.of(result.shape()) + ", found " + tensor.shape());
            }
        }

        @Override
        public void run() {
            try {
                inputs.forEach((name, tensor) -> write(tensor, plan.value(name)));
                plan.run();
                outputs.forEach((name, tensor) -> read(plan.value(name), tensor));
            } catch (RuntimeException e) {
                throw failure(e);
            }
        }

        private void write(Tensor tensor, INDArray array) {
            boolean host = Nd4j.getEnvironment().isCPU();
            if (tensor instanceof Tensor.Floats floats) {
                if (host) {
                    array.data().asNioFloat().put(0, floats.data(), 0, floats.size());
                } else {
                    array.assign(Nd4j.create(floats.toArray(), array.shape(), 'c'));
                }
                return;
            }
            int[] values = new int[tensor.size()];
            ((Tensor.Ints) tensor).data().get(0, values);
            array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()));
        }

        private void read(INDArray array, Tensor.Floats tensor) {
            if (Nd4j.getEnvironment().isCPU()) {
                tensor.data().put(0, array.data().asNioFloat(), 0, tensor.size());
            } else {
                tensor.data().put(0, array.dup('c').data().asFloat());
            }
        }

        @Override
        public void close() {
            plan.close();
        }
    }
}
