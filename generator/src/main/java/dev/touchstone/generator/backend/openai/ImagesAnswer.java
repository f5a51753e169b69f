package dev.touchstone.generator.backend.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.touchstone.generator.backend.AttemptEnd.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the API answered.
 *
 * @param pictures in order
 * @param usage what was used up
 * @param reported what the server measured, by names that end in the unit
 * @param metrics the same under the server's own names, as it wrote them
 */
record ImagesAnswer(
        List<Picture> pictures,
        List<Usage> usage,
        SortedMap<String, Double> reported,
        SortedMap<String, Double> metrics) {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final int MOST_METRICS = 64;

    ImagesAnswer {
        pictures = List.copyOf(pictures);
        usage = List.copyOf(usage);
    }

    /**
     * A picture, in the answer or elsewhere.
     *
     * @param bytes a file
     * @param url where it is, if it did not come
     * @param revised what the model was given in place of the prompt
     */
    record Picture(Optional<byte[]> bytes, Optional<String> url, Optional<String> revised) {}

    /** What is read as JSON, whatever it is; a text that is none is empty. */
    static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.ofNullable(MAPPER.readTree(body)).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be read", e);
        }
    }

    /** A whole answer; empty where it has no pictures. */
    static Optional<ImagesAnswer> whole(JsonNode answer) {
        JsonNode data = answer.path("data");
        if (!data.isArray()) {
            return Optional.empty();
        }
        List<Picture> pictures = new ArrayList<>();
        data.forEach(one -> picture(one).ifPresent(pictures::add));
        SortedMap<String, Double> metrics = new TreeMap<>();
        numbers("", answer.path("metrics"), metrics);
        List.of("inference_time_s", "peak_memory_mb").forEach(name -> {
            if (answer.path(name).isNumber()) {
                metrics.put(name, answer.path(name).doubleValue());
            }
        });
        return Optional.of(new ImagesAnswer(pictures, usage(answer, pictures.size()), reported(metrics), metrics));
    }

    /** The answer of a stream that sent these ends. */
    static ImagesAnswer streamed(List<JsonNode> completed) {
        List<Picture> pictures = new ArrayList<>();
        SortedMap<String, Double> sums = new TreeMap<>();
        for (JsonNode one : completed) {
            picture(one).ifPresent(pictures::add);
            usage(one, 1).forEach(used -> sums.merge(used.kind(), used.quantity(), Double::sum));
        }
        List<Usage> usage = sums.entrySet().stream()
                .map(sum -> new Usage(sum.getKey(), sum.getValue(), OptionalDouble.empty()))
                .toList();
        return new ImagesAnswer(pictures, usage, new TreeMap<>(), new TreeMap<>());
    }

    private static Optional<Picture> picture(JsonNode one) {
        Optional<String> revised = text(one.path("revised_prompt"));
        Optional<String> base64 = text(one.path("b64_json"));
        if (base64.isPresent()) {
            String plain = base64.get().startsWith("data:")
                    ? base64.get().substring(base64.get().indexOf(',') + 1)
                    : base64.get();
            try {
                return Optional.of(
                        new Picture(Optional.of(Base64.getDecoder().decode(plain)), Optional.empty(), revised));
            } catch (IllegalArgumentException e) {
                return Optional.of(new Picture(Optional.of(new byte[0]), Optional.empty(), revised));
            }
        }
        return text(one.path("url")).map(url -> new Picture(Optional.empty(), Optional.of(url), revised));
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(text -> !text.isEmpty());
    }

    /** Tokens by kind where the server says them, and pictures always: a price decides which of them cost. */
    private static List<Usage> usage(JsonNode answer, int pictures) {
        List<Usage> usage = new ArrayList<>();
        used(usage, "image", pictures);
        JsonNode said = answer.path("usage");
        for (String side : List.of("input", "output")) {
            JsonNode details = said.path(side + "_tokens_details");
            if (details.isObject()) {
                used(usage, side + "-text-token", details.path("text_tokens").asDouble(0));
                used(usage, side + "-image-token", details.path("image_tokens").asDouble(0));
            } else {
                used(usage, side + "-token", said.path(side + "_tokens").asDouble(0));
            }
        }
        if (said.path("cost").isNumber() && said.path("cost").doubleValue() >= 0) {
            usage.add(
                    new Usage("request", 1, OptionalDouble.of(said.path("cost").doubleValue())));
        }
        return usage;
    }

    private static void used(List<Usage> usage, String kind, double quantity) {
        if (quantity > 0 && quantity < Double.POSITIVE_INFINITY) {
            usage.add(new Usage(kind, quantity, OptionalDouble.empty()));
        }
    }

    private static void numbers(String prefix, JsonNode node, SortedMap<String, Double> numbers) {
        node.fieldNames().forEachRemaining(key -> {
            String name = prefix + key;
            JsonNode value = node.get(key);
            if (value.isNumber() && numbers.size() < MOST_METRICS && name.matches("[A-Za-z0-9_.]{1,60}")) {
                numbers.put(name, value.doubleValue());
            } else if (value.isObject() && prefix.isEmpty()) {
                numbers(name + ".", value, numbers);
            }
        });
    }

    /** {@code denoise_time_s} as {@code denoiseTimeSeconds}; names without a known unit stay as they are. */
    private static SortedMap<String, Double> reported(SortedMap<String, Double> metrics) {
        SortedMap<String, Double> reported = new TreeMap<>();
        metrics.forEach((name, value) -> {
            if (name.endsWith("_ms")) {
                reported.put(camel(name.substring(0, name.length() - 3)) + "Seconds", value / 1e3);
            } else if (name.endsWith("_s")) {
                reported.put(camel(name.substring(0, name.length() - 2)) + "Seconds", value);
            } else if (name.endsWith("_mb")) {
                reported.put(camel(name.substring(0, name.length() - 3)) + "Megabytes", value);
            } else {
                reported.put(name, value);
            }
        });
        return reported;
    }

    private static String camel(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("[_.]")) {
            camel.append(
                    camel.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    /** Seconds of a stage that the server timed. */
    OptionalDouble seconds(String metric) {
        Double value = metrics.get(metric);
        boolean known = value != null && value >= 0 && value < Double.POSITIVE_INFINITY;
        return known ? OptionalDouble.of(metric.endsWith("_ms") ? value / 1e3 : value) : OptionalDouble.empty();
    }
}
