package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON as these servers write it: Python's, in which a number may be {@code NaN}. */
final class ServerJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private ServerJson() {}

    /** The tree, if the text is JSON. */
    static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The tree, if the bytes are JSON in UTF-8. */
    static Optional<JsonNode> parse(byte[] bytes) {
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }
}
