package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.touchstone.metrics.runtime.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Appends nodes, constants, inputs and outputs to an ONNX graph; the only class that knows the protobuf form. */
final class OnnxNodes {

    static final String STANDARD = "";
    static final String MICROSOFT = "com.microsoft";
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> constants = new HashSet<>();
    private int fresh;

    OnnxNodes(String name) {
        graph.setName(name);
    }

    /** A value name that no other value has. */
    String fresh(String kind) {
        return "_" + kind + fresh++;
    }

    void node(String domain, String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(type + "/" + outputs.get(0))
                .setDomain(domain)
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    void node(String type, List<String> inputs, String output, AttributeProto... attributes) {
        node(STANDARD, type, inputs, List.of(output), attributes);
    }

    String floats(String name, List<Integer> shape, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(name, TensorProto.DataType.FLOAT, shape, bytes.array());
    }

    String longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(name, TensorProto.DataType.INT64, List.of(values.length), bytes.array());
    }

    String bytes(String name, List<Integer> shape, byte[] values) {
        return constant(name, TensorProto.DataType.INT8, shape, values);
    }

    private String constant(String name, TensorProto.DataType type, List<Integer> shape, byte[] raw) {
        if (constants.add(name)) {
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(type.getNumber())
                    .setRawData(UnsafeByteOperations.unsafeWrap(raw));
            shape.forEach(tensor::addDims);
            graph.addInitializer(tensor);
        }
        return name;
    }

    void input(Network.Input input) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < input.axes().size(); axis++) {
            OptionalInt size = input.axes().get(axis);
            TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            if (size.isPresent()) {
                dimension.setDimValue(size.getAsInt());
            } else {
                dimension.setDimParam(input.name() + "." + axis);
            }
        }
        int type = input.type() == Network.Type.FLOAT ? FLOAT : TensorProto.DataType.INT32_VALUE;
        graph.addInput(value(
                input.name(), TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)));
    }

    void output(String name) {
        graph.addOutput(value(name, TypeProto.Tensor.newBuilder().setElemType(FLOAT)));
    }

    private static ValueInfoProto value(String name, TypeProto.Tensor.Builder tensor) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    byte[] model() {
        // Opset 20 is the newest that IR version 9 goes with; every kernel used here is older.
        return ModelProto.newBuilder()
                .setIrVersion(9)
                .setProducerName("touchstone")
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(STANDARD).setVersion(20))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
