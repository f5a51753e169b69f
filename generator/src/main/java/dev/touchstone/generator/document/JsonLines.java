package dev.touchstone.generator.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.touchstone.metrics.file.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file with one JSON object per line. Blank lines are problems, so that a line's number is its record's number. */
public final class JsonLines {

    /** Largest file that is read. */
    public static final long MAX_BYTES = 64L << 20;

    private static final int MAX_LINE = 1 << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLines() {}

    /** Reads a file; lines that are not one JSON object are problems and left out of the answer. */
    public static List<StrictSection> read(Path file, Problems problems) {
        List<StrictSection> sections = new ArrayList<>();
        String name = file.toString();
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(Place.of(name), "", "at most " + MAX_BYTES + " bytes", Files.size(file) + " bytes");
                return sections;
            }
            try (BufferedReader lines = TextFile.open(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    parse(name, ++number, line, problems).ifPresent(sections::add);
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(Place.of(name), "", "text in UTF-8", TextFile.found(e));
        } catch (IOException e) {
            problems.add(Place.of(name), "", "a readable file", Files.exists(file) ? e.toString() : "no such file");
        }
        return sections;
    }

    /** Reads one line; empty if it is not one JSON object, and then a problem says why. */
    public static Optional<StrictSection> parse(String file, int number, String line, Problems problems) {
        Place start = new Place(file, number, 0);
        if (line.length() > MAX_LINE) {
            problems.add(start, "", "at most " + MAX_LINE + " characters", line.length() + " characters");
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(new StringReader(line))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                problems.add(start, "", "a JSON object", line.isBlank() ? "a blank line" : Shown.of(line));
                return Optional.empty();
            }
            Line tree = new Line(file, number, parser, problems);
            DocumentNode.Mapping mapping = tree.mapping(0);
            if (parser.nextToken() != null) {
                problems.add(tree.place(), "", "one JSON object on the line", "more after it");
            }
            return Optional.of(new StrictSection(mapping, start, "", problems));
        } catch (JsonProcessingException e) {
            int column =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
            problems.add(
                    new Place(file, number, column),
                    "",
                    "valid JSON",
                    "a mistake: " + Shown.of(e.getOriginalMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line on its way to a tree. */
    private record Line(String file, int number, JsonParser parser, Problems problems) {

        Place place() {
            return new Place(file, number, parser.currentTokenLocation().getColumnNr());
        }

        DocumentNode.Mapping mapping(int depth) throws IOException {
            Place place = place();
            List<DocumentNode.Entry> entries = new ArrayList<>();
            Map<String, Place> first = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                Place at = place();
                parser.nextToken();
                DocumentNode value = value(depth + 1);
                if (first.putIfAbsent(key, at) == null) {
                    entries.add(new DocumentNode.Entry(at, key, value));
                } else {
                    problems.add(at, Shown.of(key), "each key once", "it again");
                }
            }
            return new DocumentNode.Mapping(place, entries);
        }

        private DocumentNode value(int depth) throws IOException {
            Place place = place();
            JsonToken token = parser.currentToken();
            if (depth > DocumentNode.MAX_DEPTH && token.isStructStart()) {
                problems.add(place, "", "at most " + DocumentNode.MAX_DEPTH + " levels of nesting", "more");
                parser.skipChildren();
                return new DocumentNode.Scalar(place, "", DocumentNode.Kind.NOTHING);
            }
            return switch (token) {
                case START_OBJECT -> mapping(depth);
                case START_ARRAY -> {
                    List<DocumentNode> items = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.add(value(depth + 1));
                    }
                    yield new DocumentNode.Sequence(place, items);
                }
                case VALUE_NUMBER_INT -> scalar(place, DocumentNode.Kind.INTEGER);
                case VALUE_NUMBER_FLOAT -> scalar(place, DocumentNode.Kind.NUMBER);
                case VALUE_TRUE, VALUE_FALSE -> scalar(place, DocumentNode.Kind.BOOLEAN);
                case VALUE_NULL -> new DocumentNode.Scalar(place, "", DocumentNode.Kind.NOTHING);
                default -> scalar(place, DocumentNode.Kind.TEXT);
            };
        }

        private DocumentNode.Scalar scalar(Place place, DocumentNode.Kind kind) throws IOException {
            return new DocumentNode.Scalar(place, parser.getText(), kind);
        }
    }
}
