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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private JsonVotes() {}

    static List<LocatedVote> of(String file, String text, Problems problems) {
        List<LocatedVote> votes = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            Place place = new Place(file, ++number, 0);
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode node = JSON.readTree(line);
                if (node.isObject()) {
                    new VoteFields(place, texts(node, place, problems), problems)
                            .vote()
                            .ifPresent(votes::add);
                } else {
                    problems.add(place, "", "a JSON object", VoteFields.shown(line));
                }
            } catch (JsonProcessingException e) {
                problems.add(place, "", "valid JSON", "a mistake: " + VoteFields.shown(e.getOriginalMessage()));
            }
        }
        return votes;
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
                        VoteFields.shown(key),
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
            return value.decimalValue().toPlainString();
        }
        return value.isNull() ? "" : value.isObject() ? value.toString() : value.asText();
    }
}
