package dev.touchstone.eval.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.Shown;
import dev.touchstone.metrics.file.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Votes of a file with one JSON object per line, with the keys of the CSV columns. Flaws may be a list of texts. */
final class JsonVotes {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int LONGEST_NUMBER = 100;

    private JsonVotes() {}

    /** Hands on every vote in file order; whatever is wrong is added to the problems and left out. */
    static void read(String file, BufferedReader text, Problems problems, Consumer<LocatedVote> votes)
            throws IOException {
        int number = 0;
        boolean first = true;
        for (String line = text.readLine(); line != null && !problems.isFull(); line = text.readLine()) {
            Place place = new Place(file, ++number, 0);
            if (TextFile.isBlank(line)) {
                continue;
            }
            if (first && !line.stripLeading().startsWith("{")) {
                problems.add(new Problem(
                        place,
                        "",
                        "a JSON object on each line",
                        Shown.of(line),
                        "a table of votes has the ending .csv"));
                return;
            }
            first = false;
            try {
                JsonNode node = JSON.readTree(line);
                if (node.isObject()) {
                    new VoteFields(place, texts(node, place, problems), problems)
                            .vote()
                            .ifPresent(votes);
                } else {
                    problems.add(place, "", "a JSON object", Shown.of(line));
                }
            } catch (JsonProcessingException e) {
                problems.add(place, "", "valid JSON", "a mistake: " + Shown.of(e.getOriginalMessage()));
            }
        }
    }

    private static Map<String, String> texts(JsonNode node, Place place, Problems problems) {
        List<String> known = Stream.concat(VoteFields.REQUIRED.stream(), VoteFields.OPTIONAL.stream())
                .toList();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = field.getKey();
            if (!known.contains(key)) {
                problems.add(new Problem(
                        place,
                        Shown.of(key),
                        "one of the keys " + String.join(", ", known),
                        "this unknown key",
                        NearestName.hint(key, known)));
            } else {
                texts.put(key, text(field.getValue()));
            }
        }
        return texts;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(";"));
        }
        if (value.isNumber()) {
            // Written out, 1e999999999 would fill the memory.
            BigDecimal number = value.decimalValue();
            return Math.abs((long) number.scale()) < LONGEST_NUMBER ? number.toPlainString() : number.toString();
        }
        return value.isNull() ? "" : value.isObject() ? value.toString() : value.asText();
    }
}
