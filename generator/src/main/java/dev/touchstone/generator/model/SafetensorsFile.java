package dev.touchstone.generator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.touchstone.metrics.runtime.Network.Parameter;
import dev.touchstone.metrics.weights.container.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contents of a safetensors file: an 8-byte little-endian length, a JSON header of that length, then the tensors'
 * bytes one after the other. Numbers are widened to 32-bit floating point.
 *
 * <p>The reader is strict, as the format's own is: every offset is checked against the shape, tensors neither overlap
 * nor leave holes, and nothing follows the last one.
 *
 * @param metadata free text by key
 * @param tensors by name
 */
record SafetensorsFile(SortedMap<String, String> metadata, SortedMap<String, Parameter> tensors) {

    /** The format's own limit. */
    static final int HEADER_LIMIT = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    SafetensorsFile {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
    }

    /**
     * Reads a file's bytes.
     *
     * @param source name for messages
     * @throws WeightsException with all problems if the bytes are not a sound file
     */
    static SafetensorsFile parse(byte[] bytes, String source) {
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 8) {
            throw new WeightsException(
                    source + ": expected a safetensors file of at least 8 bytes, found " + bytes.length);
        }
        long length = data.getLong(0);
        if (length < 2 || length > Math.min(HEADER_LIMIT, bytes.length - 8)) {
            throw new WeightsException(source + ": expected a header of 2 to "
                    + Math.min(HEADER_LIMIT, bytes.length - 8) + " bytes, found a length of "
                    + Long.toUnsignedString(length) + " (bytes 0-7). Is this a safetensors file?");
        }
        JsonNode header;
        try {
            header = JSON.readTree(new String(bytes, 8, (int) length, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new WeightsException(
                    source + ": expected a JSON header, found " + e.getOriginalMessage() + " (header line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")",
                    e);
        }
        if (!header.isObject()) {
            throw new WeightsException(source + ": expected a JSON object as header, found " + header.getNodeType());
        }
        int begin = 8 + (int) length;
        return new Reader(source, data.slice(begin, bytes.length - begin).order(ByteOrder.LITTLE_ENDIAN)).read(header);
    }

    private record Entry(String name, NumberFormat format, List<Integer> shape, long begin, long end) {}

    private enum NumberFormat {
        I8(1),
        F16(2),
        BF16(2),
        F32(4);

        private final int bytes;

        NumberFormat(int bytes) {
            this.bytes = bytes;
        }

        float read(ByteBuffer data, int at) {
            return switch (this) {
                case I8 -> data.get(at);
                case F16 -> HalfFloat.toFloat(data.getShort(at));
                case BF16 -> Float.intBitsToFloat(data.getShort(at) << 16);
                case F32 -> data.getFloat(at);
            };
        }
    }

    private static final class Reader {
        private final String source;
        private final ByteBuffer data;
        private final List<String> problems = new ArrayList<>();

        Reader(String source, ByteBuffer data) {
            this.source = source;
            this.data = data;
        }

        SafetensorsFile read(JsonNode header) {
            SortedMap<String, String> metadata = new TreeMap<>();
            List<Entry> entries = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (field.getKey().equals("__metadata__")) {
                    metadata(field.getValue(), metadata);
                } else {
                    entry(field.getKey(), field.getValue(), entries);
                }
            }
            entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
            if (problems.isEmpty()) {
                checkLayout(entries);
            }
            if (!problems.isEmpty()) {
                throw new WeightsException(String.join("\n", problems));
            }
            SortedMap<String, Parameter> tensors = new TreeMap<>();
            for (Entry entry : entries) {
                tensors.put(entry.name(), new Parameter(entry.shape(), values(entry)));
            }
            return new SafetensorsFile(metadata, tensors);
        }

        private void metadata(JsonNode node, SortedMap<String, String> metadata) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (field.getValue().isTextual()) {
                    metadata.put(field.getKey(), field.getValue().textValue());
                } else {
                    problem("__metadata__." + field.getKey(), "expected text, found " + field.getValue());
                }
            }
        }

        private void entry(String name, JsonNode node, List<Entry> entries) {
            int before = problems.size();
            NumberFormat format = NumberFormat.F32;
            try {
                format = NumberFormat.valueOf(node.path("dtype").asText());
            } catch (IllegalArgumentException e) {
                problem(name, "expected dtype I8, F16, BF16 or F32, found " + node.path("dtype"));
            }
            List<Integer> shape = new ArrayList<>();
            long values = 1;
            for (JsonNode axis : node.path("shape")) {
                if (!axis.isInt() || axis.intValue() < 1 || values > Integer.MAX_VALUE / axis.intValue()) {
                    problem(name, "expected a shape of positive sizes, found " + node.path("shape"));
                    return;
                }
                shape.add(axis.intValue());
                values *= axis.intValue();
            }
            JsonNode offsets = node.path("data_offsets");
            if (!node.path("shape").isArray() || offsets.size() != 2) {
                problem(name, "expected a shape and two data_offsets, found " + node);
                return;
            }
            long begin = offsets.get(0).asLong(-1);
            long end = offsets.get(1).asLong(-1);
            if (begin < 0 || end > data.capacity() || end < begin) {
                problem(name, "expected offsets within the " + data.capacity() + " data bytes, found " + offsets);
            } else if (end - begin != values * format.bytes) {
                problem(
                        name,
                        "expected " + values * format.bytes + " bytes for " + format + " " + shape + ", found "
                                + (end - begin));
            }
            if (problems.size() == before) {
                entries.add(new Entry(name, format, List.copyOf(shape), begin, end));
            }
        }

        private void checkLayout(List<Entry> entries) {
            long end = 0;
            for (Entry entry : entries) {
                if (entry.begin() != end) {
                    problem(
                            entry.name(),
                            "expected its data to begin at " + end + ", where the tensor before it ends," + " found "
                                    + entry.begin());
                }
                end = entry.end();
            }
            if (end != data.capacity()) {
                problems.add(source + ": expected " + end + " data bytes, found " + data.capacity()
                        + ". Was the file cut off?");
            }
        }

        private float[] values(Entry entry) {
            float[] values = new float[(int) ((entry.end() - entry.begin()) / entry.format().bytes)];
            for (int i = 0; i < values.length; i++) {
                values[i] = entry.format().read(data, (int) entry.begin() + i * entry.format().bytes);
            }
            return values;
        }

        private void problem(String name, String text) {
            problems.add(source + ": tensor \"" + name + "\": " + text);
        }
    }
}
