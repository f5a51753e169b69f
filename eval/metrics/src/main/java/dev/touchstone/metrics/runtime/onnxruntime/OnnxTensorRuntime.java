package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Tensor;
import dev.touchstone.metrics.runtime.TensorRuntime;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network in an ONNX Runtime session; inputs and outputs are the callers' own buffers. */
final class OnnxTensorRuntime implements TensorRuntime {

    private final Network network;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OrtSession.SessionOptions options;

    OnnxTensorRuntime(
            Network network, OrtEnvironment environment, OrtSession session, OrtSession.SessionOptions options) {
        this.network = network;
        this.environment = environment;
        this.session = session;
        this.options = options;
    }

    @Override
    public Binding bind(Map<String, ? extends Tensor> inputs, Map<String, Tensor.Floats> outputs) {
        Bound bound = new Bound();
        try {
            for (Map.Entry<String, ? extends Tensor> input : inputs.entrySet()) {
                bound.inputs.put(input.getKey(), wrap(input.getValue()));
            }
            for (Map.Entry<String, Tensor.Floats> output : outputs.entrySet()) {
                bound.outputs.put(output.getKey(), wrap(output.getValue()));
            }
            return bound;
        } catch (OrtException e) {
            bound.close();
            throw new TensorRuntimeException(
                    "network " + network.name() + ": ONNX Runtime refused a tensor (" + e.getMessage() + ")", e);
        }
    }

    private OnnxTensor wrap(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        if (tensor instanceof Tensor.Floats floats) {
            return OnnxTensor.createTensor(environment, floats.data(), shape);
        }
        return OnnxTensor.createTensor(environment, ((Tensor.Ints) tensor).data(), shape);
    }

    @Override
    public void close() {
        try {
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new TensorRuntimeException(
                    "network " + network.name() + ": ONNX Runtime could not close it (" + e.getMessage() + ")", e);
        }
    }

    private final class Bound implements Binding {
        private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

        @Override
        public void run() {
            // The result holds the pinned outputs and nothing else: there is nothing to close.
            try {
                session.run(inputs, outputs);
            } catch (OrtException e) {
                throw new TensorRuntimeException(
                        "network " + network.name() + ": ONNX Runtime could not run it (" + e.getMessage() + ")", e);
            }
        }

        @Override
        public void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }
}
