package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.runtime.Network.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightsUpdateTest {

    private static final SortedMap<String, Parameter> BASE = new TreeMap<>(Map.of(
            "layer.weight", new Parameter(List.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}),
            "layer.bias", new Parameter(List.of(2), new float[] {7, 8}),
            "table", new Parameter(List.of(2, 2), new float[] {0, 0, 0, 0})));

    /** Tensors of bytes, written as a safetensors file. */
    private static final class Update {
        private final StringBuilder header =
                new StringBuilder("{\"__metadata__\":{\"format\":\"pebble-2-update\",\"base\":\"b\"}");
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        Update bytes(String name, List<Integer> shape, int... values) {
            int begin = data.size();
            for (int value : values) {
                data.write(value);
            }
            return entry(name, "I8", shape, begin);
        }

        Update floats(String name, float... values) {
            int begin = data.size();
            for (float value : values) {
                data.writeBytes(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(value)
                        .array());
            }
            return entry(name, "F32", List.of(values.length), begin);
        }

        private Update entry(String name, String type, List<Integer> shape, int begin) {
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(name, type, shape, begin, data.size()));
            return this;
        }

        SortedMap<String, Parameter> apply(String baseDigest) {
            byte[] text = (header + "}").getBytes(StandardCharsets.UTF_8);
            ByteBuffer file = ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
            file.putLong(text.length).put(text).put(data.toByteArray());
            return WeightsUpdate.apply(file.array(), "u", BASE, baseDigest);
        }
    }

    @Test
    void addsTheProductOfScaledFactorsAndReplacesTheRest() {
        SortedMap<String, Parameter> updated = new Update()
                .bytes("layer.weight.up", List.of(1, 2), 2, -1)
                .floats("layer.weight.up.scale", 0.25f)
                .bytes("layer.weight.down", List.of(1, 3), 10, 0, -10)
                .floats("layer.weight.down.scale", 0.1f)
                .bytes("table", List.of(2, 2), 1, 2, 3, 4)
                .floats("table.scale", 1, 10)
                .apply("b");

        assertThat(updated.get("layer.weight").values()).containsExactly(1.5f, 2, 2.5f, 3.75f, 5, 6.25f);
        assertThat(updated.get("table").values()).containsExactly(1, 2, 30, 40);
        assertThat(updated.get("layer.bias").values()).containsExactly(7, 8);
        assertThat(BASE.get("table").values()).containsOnly(0);
    }

    @Test
    void growsValuesByScaledStepsFiveToAByte() {
        // 1, -1, 0, 1, 1 and then -1.
        SortedMap<String, Parameter> updated = new Update()
                .bytes("layer.weight.steps", List.of(2), 1 - 3 + 27 + 81, -1)
                .floats("layer.weight.steps.scale", 0.5f, 2)
                .apply("b");

        assertThat(updated.get("layer.weight").values()).containsExactly(1.5f, 1.5f, 3, 6, 7, 4);
    }

    @Test
    void refusesAnUpdateOfOtherWeights() {
        assertThatThrownBy(() -> new Update().apply("another"))
                .isInstanceOf(WeightsException.class)
                .hasMessage("u: expected an update of weights another, found one of b");
    }

    @Test
    void reportsEveryTensorThatDoesNotFit() {
        assertThatThrownBy(() -> new Update()
                        .bytes("layer.weight.up", List.of(2, 2), 1, 1, 1, 1)
                        .bytes("layer.weight.down", List.of(1, 3), 1, 1, 1)
                        .floats("layer.bias", 1, 2, 3)
                        .bytes("table", List.of(2, 2), 1, 2, 3, 4)
                        .floats("table.scale", 1)
                        .bytes("layer.bias.steps", List.of(1), 0)
                        .bytes("layer.weight.steps", List.of(1), 0)
                        .floats("stranger", 1)
                        .floats("stranger.down", 1)
                        .apply("b"))
                .hasMessageContaining(
                        "u: tensor \"layer.weight\": expected factors of a matrix [2, 3], found [2, 2] and [1, 3]")
                .hasMessageContaining("u: tensor \"layer.bias\": expected shape [2], found [3]")
                .hasMessageContaining("u: tensor \"table.scale\": expected shape [2], found [1]")
                .hasMessageContaining("u: tensor \"layer.bias.steps.scale\": expected shape [2], found none")
                .hasMessageContaining("u: tensor \"layer.weight.steps\": expected shape [2], found [1]")
                .hasMessageContaining(
                        "u: tensor \"stranger\": expected a tensor of the base, or factors or steps of one")
                .hasMessageContaining("u: tensor \"stranger.down\": expected a tensor of the base");
        assertThatThrownBy(() -> new Update()
                        .bytes("layer.weight.up", List.of(1, 2), 1, 1)
                        .apply("b"))
                .hasMessage("u: tensor \"layer.weight.up\": expected layer.weight.down beside it, found none");
    }
}
