package dev.touchstone.metrics.weights.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The safetensors format: a length, a JSON header of types, shapes and offsets, raw numbers. */
public final class Safetensors {

    private static final long MAX_HEADER = 16L << 20;

    private Safetensors() {}

    static StateDict read(String source, ByteBuffer file) {
        long length = file.getLong(0);
        if (length > MAX_HEADER) {
            throw new WeightsException(
                    source + ": expected a header of at most " + MAX_HEADER + " bytes, found " + length);
        }
        byte[] text = new byte[(int) length];
        file.get(8, text);
        int start = 8 + (int) length;
        Map<String, StateDict.Entry> entries = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> field :
                    new ObjectMapper().readTree(text).properties()) {
                if (!field.getKey().equals("__metadata__")) {
                    entries.put(field.getKey(), entry(source, field.getKey(), field.getValue(), file, start));
                }
            }
        } catch (IOException e) {
            throw new WeightsException(source + ": expected a JSON header, found " + e.getMessage(), e);
        }
        return new StateDict(source, entries);
    }

    private static StateDict.Entry entry(String source, String name, JsonNode node, ByteBuffer file, int start) {
        ElementType type = ElementType.ofSafetensors(node.path("dtype").asText())
                .orElseThrow(() -> new WeightsException(
                        source + ": expected a known dtype of " + name + ", found " + node.path("dtype")));
        List<Integer> shape = new ArrayList<>();
        long size = 1;
        for (JsonNode axis : node.path("shape")) {
            if (!axis.canConvertToInt() || axis.asInt() < 0) {
                throw new WeightsException(source + ": expected sizes of axes of " + name + ", found " + axis);
            }
            shape.add(axis.asInt());
            size = size > Integer.MAX_VALUE ? size : size * axis.asInt();
        }
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || to > file.limit() - start || to - from != size * type.bytes()) {
            throw new WeightsException(source + ": expected " + size * type.bytes() + " bytes of " + name + " " + shape
                    + " inside the file, found offsets " + node.path("data_offsets") + " of "
                    + (file.limit() - start) + "; the file is truncated or damaged");
        }
        int count = (int) size;
        return new StateDict.Entry(shape, () -> {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = type.value(file, start + (int) from + i * type.bytes());
            }
            return values;
        });
    }

    /** Writes float32 tensors, in this order, under a temporary name that is then moved. */
    public static void write(Path file, Map<String, WeightTensor> tensors) throws IOException {
        ObjectNode header = new ObjectMapper().createObjectNode();
        long offset = 0;
        for (Map.Entry<String, WeightTensor> tensor : tensors.entrySet()) {
            ObjectNode node = header.putObject(tensor.getKey());
            node.put("dtype", "F32");
            tensor.getValue().shape().forEach(node.putArray("shape")::add);
            long end = offset + 4L * tensor.getValue().values().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = headerBytes(header);
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            out.write(text);
            for (WeightTensor tensor : tensors.values()) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor.values());
                out.write(bytes.array());
            }
        });
    }

    private static byte[] headerBytes(ObjectNode header) throws JsonProcessingException {
        String json = new ObjectMapper().writeValueAsString(header);
        int padded = (json.length() + 7) / 8 * 8;
        return (json + " ".repeat(padded - json.length())).getBytes(StandardCharsets.UTF_8);
    }
}
