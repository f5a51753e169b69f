package dev.touchstone.metrics.weights.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxEngine;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxEnvironment;
import dev.touchstone.metrics.runtime.onnxruntime.OnnxPaths;
import dev.touchstone.metrics.weights.container.WeightsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loaded ONNX model of floats. Thread-safe: several threads may run it at once. */
public final class OnnxNetwork implements AutoCloseable {

    /** A tensor in direct memory. */
    public record Floats(FloatBuffer data, long... shape) {

        public static Floats allocate(long... shape) {
            int size = 4;
            for (long axis : shape) {
                size = Math.toIntExact(Math.multiplyExact((long) size, axis));
            }
            return new Floats(
                    ByteBuffer.allocateDirect(size)
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer(),
                    shape);
        }
    }

    private final String name;
    private final OrtEnvironment environment = OnnxEnvironment.get();
    private final OrtSession session;

    /**
     * Loads a model.
     *
     * @param name for messages
     * @param threads that one run may use, at least 1
     * @throws WeightsException if ONNX Runtime refuses it
     */
    public OnnxNetwork(String name, byte[] model, int threads) {
        this.name = name;
        OnnxEngine.require();
        try (OrtSession.SessionOptions options = options(threads)) {
            environment.setTelemetry(false);
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new WeightsException(
                    name + ": expected a model that ONNX Runtime loads, found: " + e.getMessage(), e);
        }
    }

    private static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OnnxPaths.here().apply(options);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        // Idle threads sleep: the cores belong to the decoder then.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /** Names of the inputs, in the model's order. */
    public List<String> inputs() {
        return new ArrayList<>(session.getInputNames());
    }

    public List<String> outputs() {
        return new ArrayList<>(session.getOutputNames());
    }

    /** Sizes of an input's axes; open ones are -1. */
    public List<Long> inputShape(String input) {
        return shape(input, true);
    }

    /** Sizes of an output's axes; open ones are -1. */
    public List<Long> outputShape(String output) {
        return shape(output, false);
    }

    /**
     * The output of this name, or else the first with two axes.
     *
     * @throws WeightsException if there is neither
     */
    public String embedding(String preferred) {
        return outputs().stream()
                .filter(preferred::equals)
                .findFirst()
                .or(() -> outputs().stream()
                        .filter(output -> outputShape(output).size() == 2)
                        .findFirst())
                .orElseThrow(() -> new WeightsException(
                        name + ": expected an output " + preferred + " [n, d], found " + outputs()));
    }

    private List<Long> shape(String value, boolean input) {
        try {
            Map<String, ai.onnxruntime.NodeInfo> values = input ? session.getInputInfo() : session.getOutputInfo();
            List<Long> shape = new ArrayList<>();
            if (values.get(value).getInfo() instanceof ai.onnxruntime.TensorInfo tensor) {
                for (long axis : tensor.getShape()) {
                    shape.add(axis);
                }
            }
            return shape;
        } catch (OrtException e) {
            throw new WeightsException(name + ": expected a description of " + value + ", found: " + e.getMessage(), e);
        }
    }

    /** Runs the model; the wanted outputs are copied out, row-major. */
    public Map<String, float[]> run(Map<String, Floats> inputs, Set<String> wanted) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            fill(tensors, inputs);
            Map<String, float[]> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors, wanted)) {
                for (String output : wanted) {
                    FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                    float[] copy = new float[values.remaining()];
                    values.get(copy);
                    outputs.put(output, copy);
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw new WeightsException(name + ": expected ONNX Runtime to run it, found: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    /** Runs a model of integer inputs {@code [n, length]}, of the width that it declares; one output, row-major. */
    public float[] runOnIntegers(Map<String, long[][]> inputs, String output) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, long[][]> input : inputs.entrySet()) {
                boolean narrow =
                        session.getInputInfo().get(input.getKey()).getInfo() instanceof ai.onnxruntime.TensorInfo info
                                && info.type == ai.onnxruntime.OnnxJavaType.INT32;
                tensors.put(
                        input.getKey(),
                        narrow
                                ? OnnxTensor.createTensor(environment, narrowed(input.getValue()))
                                : OnnxTensor.createTensor(environment, input.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                FloatBuffer values = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        } catch (OrtException e) {
            throw new WeightsException(name + ": expected ONNX Runtime to run it, found: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static int[][] narrowed(long[][] values) {
        int[][] narrow = new int[values.length][];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = java.util.Arrays.stream(values[i])
                    .mapToInt(value -> (int) value)
                    .toArray();
        }
        return narrow;
    }

    /** Runs the model; what comes out is written to the given memory, whose shapes must be those of the outputs. */
    public void run(Map<String, Floats> inputs, Map<String, Floats> outputs) {
        Map<String, OnnxTensor> in = new LinkedHashMap<>();
        Map<String, OnnxTensor> out = new LinkedHashMap<>();
        try {
            fill(in, inputs);
            fill(out, outputs);
            session.run(in, out).close();
        } catch (OrtException e) {
            throw new WeightsException(name + ": expected ONNX Runtime to run it, found: " + e.getMessage(), e);
        } finally {
            in.values().forEach(OnnxTensor::close);
            out.values().forEach(OnnxTensor::close);
        }
    }

    private void fill(Map<String, OnnxTensor> tensors, Map<String, Floats> values) throws OrtException {
        for (Map.Entry<String, Floats> value : values.entrySet()) {
            tensors.put(
                    value.getKey(),
                    OnnxTensor.createTensor(
                            environment,
                            value.getValue().data().duplicate().rewind(),
                            value.getValue().shape()));
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new WeightsException(name + ": could not be closed: " + e.getMessage(), e);
        }
    }
}
