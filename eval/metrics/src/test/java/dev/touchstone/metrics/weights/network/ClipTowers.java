package dev.touchstone.metrics.weights.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.touchstone.metrics.weights.onnx.OnnxGraph;
import java.util.List;

/** CLIP towers that can be computed by hand. */
public final class ClipTowers {

    private ClipTowers() {}

    /** An image's embedding is its mean colour. */
    public static byte[] meanColour(int side) {
        OnnxGraph graph = new OnnxGraph("image");
        graph.output("image_embeds", graph.globalAverage(graph.input("pixel_values", "n", 3, side, side)), "n", 3);
        return graph.model();
    }

    /** A text's embedding is its first ids. */
    public static byte[] firstIds(int count) throws InvalidProtocolBufferException {
        OnnxGraph graph = new OnnxGraph("text");
        String ids = graph.input("input_ids", "n", ClipTokenizer.LENGTH);
        String floats = graph.node("Cast", List.of(ids), "floats", OnnxGraph.longAttribute("to", 1));
        String first = graph.node("Slice", List.of(floats, graph.longs(0), graph.longs(count), graph.longs(1)));
        graph.output("text_embeds", first, "n", count);
        ModelProto.Builder model = ModelProto.parseFrom(graph.model()).toBuilder();
        model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(TensorProto.DataType.INT64_VALUE);
        return model.build().toByteArray();
    }
}
