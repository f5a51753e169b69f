package dev.touchstone.eval.label;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file of votes. Columns, or keys, are {@code image_id, reviewer, question, value, ts} and, where known, {@code seconds,
 * source, image_sha256, fingerprint}. {@code .csv} is RFC 4180 with a header, {@code .jsonl} has one object per line; both
 * are UTF-8.
 */
public final class LabelFile {

    /** Largest file that is read. */
    static final long MAX_BYTES = 64L << 20;

    private LabelFile() {}

    /**
     * The votes of a file, in file order.
     *
     * @throws LabelException with every problem of the file and its line
     */
    public static List<LocatedVote> read(Path file) {
        Problems problems = new Problems();
        List<LocatedVote> votes = read(file, problems);
        problems.throwIfAny(LabelException::new);
        return votes;
    }

    /** The votes of a file, in file order; whatever is wrong is added to the problems and left out. */
    static List<LocatedVote> read(Path file, Problems problems) {
        String name = file.toString();
        String ending = name.toLowerCase(Locale.ROOT);
        if (!ending.endsWith(".csv") && !ending.endsWith(".jsonl")) {
            problems.add(Place.of(name), "", "a .csv or .jsonl file", "another ending");
            return List.of();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(Place.of(name), "", "at most " + MAX_BYTES + " bytes", Files.size(file) + " bytes");
                return List.of();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return ending.endsWith(".csv") ? CsvVotes.of(name, text, problems) : JsonVotes.of(name, text, problems);
        } catch (CharacterCodingException e) {
            problems.add(Place.of(name), "", "text in UTF-8", "bytes that are not");
        } catch (IOException e) {
            problems.add(Place.of(name), "", "a readable file", Files.exists(file) ? e.toString() : "no such file");
        }
        return List.of();
    }
}
