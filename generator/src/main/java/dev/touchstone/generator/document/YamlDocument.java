package dev.touchstone.generator.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML file whose outermost value is a section with keys. Of YAML 1.2, anchors, aliases, tags, merge keys and several
 * documents in a file are refused: a file says each thing once, where it stands.
 */
public final class YamlDocument {

    /** Largest file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlDocument() {}

    /**
     * Reads a file.
     *
     * @return empty if it cannot be read as YAML, and then the problems say why
     */
    public static Optional<StrictSection> read(Path file, Problems problems) {
        return bytes(file, problems).flatMap(bytes -> parse(file.toString(), bytes, problems));
    }

    /**
     * The bytes of a file.
     *
     * @return empty if it cannot be read or is too large, and then the problems say why
     */
    public static Optional<byte[]> bytes(Path file, Problems problems) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                problems.add(Place.of(file.toString()), "", "at most " + MAX_BYTES + " bytes", size + " bytes");
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(
                    Place.of(file.toString()),
                    "",
                    "a readable file",
                    Files.exists(file) ? e.toString() : "no such file");
            return Optional.empty();
        }
    }

    /**
     * Reads the contents of a file.
     *
     * @param name of the file, for messages
     * @return empty if it cannot be read as YAML, and then the problems say why
     */
    public static Optional<StrictSection> parse(String name, byte[] contents, Problems problems) {
        return tree(name, contents, problems).map(mapping -> StrictSection.of(mapping, problems));
    }

    /**
     * The contents of a file as they stand there, whatever its keys mean.
     *
     * @param name of the file, for messages
     * @return empty if it cannot be read as YAML, and then the problems say why
     */
    public static Optional<DocumentNode.Mapping> tree(String name, byte[] contents, Problems problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(contents))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(Place.of(name), "", "text in UTF-8", "bytes that are not");
            return Optional.empty();
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(MAX_BYTES)
                .build();
        try {
            YamlTree tree =
                    new YamlTree(name, new Parse(settings).parseString(text).iterator(), problems);
            return tree.document();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            problems.add(
                    new Place(
                            name,
                            mark.map(m -> m.getLine() + 1).orElse(0),
                            mark.map(m -> m.getColumn() + 1).orElse(0)),
                    "",
                    "valid YAML",
                    "a mistake: " + Shown.of(e.getProblem()));
            return Optional.empty();
        } catch (YamlEngineException e) {
            problems.add(Place.of(name), "", "valid YAML", "a mistake: " + Shown.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
