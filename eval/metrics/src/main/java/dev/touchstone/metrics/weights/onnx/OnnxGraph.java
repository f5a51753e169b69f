package dev.touchstone.metrics.weights.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.touchstone.metrics.weights.container.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Assembles an ONNX model of image operations; each method returns the name of the value it adds. Floats throughout. */
public final class OnnxGraph {

    private static final int OPSET = 18;
    private static final int IR_VERSION = 8;
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private int fresh;

    public OnnxGraph(String name) {
        graph.setName(name);
    }

    /** An input; a blank axis is open. */
    public String input(String name, Object... axes) {
        graph.addInput(value(name, axes));
        return name;
    }

    /** Hands a value out under this name. */
    public void output(String name, String value, Object... axes) {
        node("Identity", List.of(value), name);
        graph.addOutput(value(name, axes));
    }

    public String constant(String name, WeightTensor tensor) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array()));
        tensor.shape().forEach(proto::addDims);
        graph.addInitializer(proto);
        return name;
    }

    public String constant(float... values) {
        return constant("constant" + fresh++, new WeightTensor(List.of(values.length), values));
    }

    public String longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        String name = "longs" + fresh++;
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.length)
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array())));
        return name;
    }

    /** A convolution with square stride; {@code padding} of height and width on both sides. */
    public String convolution(String input, String weight, List<String> bias, int stride, int padHeight, int padWidth) {
        List<String> inputs = new java.util.ArrayList<>(List.of(input, weight));
        inputs.addAll(bias);
        return node(
                "Conv",
                inputs,
                fresh("conv"),
                longsAttribute("strides", stride, stride),
                longsAttribute("pads", padHeight, padWidth, padHeight, padWidth));
    }

    public String relu(String input) {
        return node("Relu", List.of(input), fresh("relu"));
    }

    /** Maximum over windows; with {@code ceil} a last window that is cut off counts. */
    public String maxPool(String input, int kernel, int stride, int padding, Rounding rounding) {
        return node(
                "MaxPool",
                List.of(input),
                fresh("max"),
                longsAttribute("kernel_shape", kernel, kernel),
                longsAttribute("strides", stride, stride),
                longsAttribute("pads", padding, padding, padding, padding),
                longAttribute("ceil_mode", rounding == Rounding.UP ? 1 : 0));
    }

    /** Mean over 3 x 3 windows of the pixels inside the image. */
    public String averagePool3(String input) {
        return node(
                "AveragePool",
                List.of(input),
                fresh("average"),
                longsAttribute("kernel_shape", 3, 3),
                longsAttribute("strides", 1, 1),
                longsAttribute("pads", 1, 1, 1, 1),
                longAttribute("count_include_pad", 0));
    }

    /** Mean over the image, {@code [n, channels]}. */
    public String globalAverage(String input) {
        return node("Flatten", List.of(node("GlobalAveragePool", List.of(input), fresh("mean"))), fresh("flat"));
    }

    public String concat(String... inputs) {
        return node("Concat", List.of(inputs), fresh("concat"), longAttribute("axis", 1));
    }

    public String node(String type, List<String> inputs) {
        return node(type, inputs, fresh(type.toLowerCase(java.util.Locale.ROOT)));
    }

    public String node(String type, List<String> inputs, String output, AttributeProto... attributes) {
        nodes(type, inputs, List.of(output), attributes);
        return output;
    }

    public void nodes(String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(type + "/" + outputs.get(0))
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
    }

    public String fresh(String kind) {
        return kind + "_" + fresh++;
    }

    public byte[] model() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("touchstone")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    public static AttributeProto longAttribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    public static AttributeProto longsAttribute(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static ValueInfoProto value(String name, Object... axes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object axis : axes) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (axis instanceof Integer size) {
                dimension.setDimValue(size);
            } else {
                dimension.setDimParam(axis.toString());
            }
            shape.addDim(dimension);
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape)))
                .build();
    }

    /** What a pooling does with a window that is cut off. */
    public enum Rounding {
        DOWN,
        UP
    }
}
