package dev.touchstone.metrics.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON as this project writes it: keys in the order in which they were put, {@code \n}, no dependence on the locale. */
public final class Json {

    /** Largest single JSON file that is read. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** A new object; its keys are written in the order in which they are put. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A text as a value. */
    public static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** Seconds with exactly six decimals. */
    public static JsonNode seconds(double seconds) {
        return DecimalNode.valueOf(BigDecimal.valueOf(Math.round(seconds * 1e6), 6));
    }

    /** On one line, without the line's end. */
    public static String line(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can always be written", e);
        }
    }

    /** For people: indented by two spaces, ending with {@code \n}. */
    public static String pretty(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can always be written", e);
        }
    }

    /**
     * Parses one object.
     *
     * @param place the file, or file and line, for messages
     * @throws DataFileException if the text is not exactly one JSON object
     */
    public static JsonRecord parse(String place, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (!(node instanceof ObjectNode object)) {
                throw new DataFileException(place + ": expected a JSON object, found "
                        + (node.isMissingNode() ? "nothing" : node.getNodeType()));
            }
            return new JsonRecord(place, object);
        } catch (JsonProcessingException e) {
            throw new DataFileException(place + ": expected JSON, found " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reads a file that holds one object.
     *
     * @throws DataFileException if it cannot be read or holds anything else
     */
    public static JsonRecord read(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > MAX_FILE_BYTES) {
                throw new DataFileException(
                        file + ": expected at most " + MAX_FILE_BYTES + " bytes of JSON, found " + bytes);
            }
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new DataFileException(file + ": expected a readable file, found " + IoReason.of(e), e);
        }
    }
}
