package dev.touchstone.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetensorsFileTest {

    @Test
    void widensEveryNumberFormatExactly() {
        byte[] data = {0, 60, 1, 0, (byte) 0x80, 63, 0, 0, 0, 64, -3}; // F16 1 and 2^-24, BF16 1, F32 2, I8 -3
        String header = "{\"__metadata__\":{\"k\":\"v\"},"
                + "\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,1],\"data_offsets\":[4,6]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[6,10]},"
                + "\"d\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[10,11]}}";
        SafetensorsFile file = SafetensorsFile.parse(file(header, data), "w");
        assertThat(file.metadata()).containsEntry("k", "v");
        assertThat(file.tensors().get("a").values()).containsExactly(1f, 0x1p-24f);
        assertThat(file.tensors().get("b").shape()).isEqualTo(List.of(1, 1));
        assertThat(file.tensors().get("b").values()).containsExactly(1f);
        assertThat(file.tensors().get("c").values()).containsExactly(2f);
        assertThat(file.tensors().get("d").values()).containsExactly(-3f);
    }

    @Test
    void rejectsAFileThatIsNoSafetensorsFile() {
        assertThatThrownBy(() -> SafetensorsFile.parse(new byte[3], "w"))
                .hasMessage("w: expected a safetensors file of at least 8 bytes, found 3");
        byte[] huge = new byte[16];
        ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
        assertThatThrownBy(() -> SafetensorsFile.parse(huge, "w"))
                .hasMessageStartingWith("w: expected a header of 2 to 8 bytes, found a length of 18446744073709551615");
        assertThatThrownBy(() -> SafetensorsFile.parse(file("{\"a\":", new byte[0]), "w"))
                .hasMessageStartingWith("w: expected a JSON header, found ");
        assertThatThrownBy(() -> SafetensorsFile.parse(file("[]", new byte[0]), "w"))
                .hasMessage("w: expected a JSON object as header, found ARRAY");
        assertThatThrownBy(() -> SafetensorsFile.parse(file("{\"a\":1,\"a\":2}", new byte[0]), "w"))
                .hasMessageContaining("Duplicate");
    }

    @Test
    void reportsEveryBrokenTensorAtOnce() {
        String header = "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]},"
                + "\"d\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]},"
                + "\"e\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}}";
        assertThatThrownBy(() -> SafetensorsFile.parse(file(header, new byte[8]), "w"))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("w: tensor \"a\": expected dtype I8, F16, BF16 or F32, found \"I64\"")
                .hasMessageContaining("w: tensor \"b\": expected 12 bytes for F32 [3], found 8")
                .hasMessageContaining("w: tensor \"c\": expected offsets within the 8 data bytes, found [8,16]")
                .hasMessageContaining("w: tensor \"d\": expected a shape of positive sizes, found [-1]")
                .hasMessageContaining("w: tensor \"e\": expected a shape of positive sizes, found [65536,65536]");
    }

    @Test
    void rejectsOverlapsHolesAndBytesLeftOver() {
        String overlap = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
        assertThatThrownBy(() -> SafetensorsFile.parse(file(overlap, new byte[8]), "w"))
                .hasMessage(
                        "w: tensor \"b\": expected its data to begin at 8, where the tensor before it ends, found 4");
        String one = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        assertThatThrownBy(() -> SafetensorsFile.parse(file(one, new byte[5]), "w"))
                .hasMessage("w: expected 4 data bytes, found 5. Was the file cut off?");
    }

    @Test
    void weightsOfAnotherFormatOrShapeAreNamed() {
        assertThatThrownBy(() -> PebbleWeights.parse(file("{}", new byte[0]), "w"))
                .hasMessage("w: expected format pebble-2, found none");
        String metadata = "{\"__metadata__\":{\"format\":\"pebble-2\",\"config\":\"{\\\"width\\\":0}\"}}";
        assertThatThrownBy(() -> PebbleWeights.parse(file(metadata, new byte[0]), "w"))
                .hasMessageContaining(
                        "w: config: vocabulary: expected 4 to 65536, found -1; width: expected 8 to 4096");
        String sizes = "{\\\"vocabulary\\\":4,\\\"width\\\":8,\\\"heads\\\":2,\\\"text_layers\\\":1,\\\"layers\\\":1,"
                + "\\\"text_tokens\\\":4,\\\"latent\\\":4,\\\"coarse\\\":2,"
                + "\\\"middle\\\":2,\\\"fine\\\":2}";
        String config =
                "{\"__metadata__\":{\"format\":\"pebble-2\",\"config\":\"" + sizes + "\",\"vocabulary\":\"a b\"}}";
        assertThatThrownBy(() -> PebbleWeights.parse(file(config, new byte[0]), "w"))
                .hasMessageContaining("w: expected 1 words, found 2")
                .hasMessageContaining("w: tensor \"text.place\": expected shape [4, 8], found none");
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array());
        out.writeBytes(text);
        out.writeBytes(data);
        return out.toByteArray();
    }
}
