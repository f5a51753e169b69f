package dev.touchstone.eval.label;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.metrics.file.IoReason;
import dev.touchstone.metrics.file.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of votes. Columns, or keys, are {@code image_id, reviewer, question, value, ts} and, where known, {@code seconds,
 * source, image_sha256, fingerprint}. {@code .csv} and {@code .tsv} are tables with a header, as programs (RFC 4180) and
 * spreadsheets write them: separated by commas, semicolons or tabs. {@code .jsonl} has one object per line. All are UTF-8.
 */
public final class LabelFile {

    /** Largest file that is read: some 1,500,000 votes of an export. */
    static final long MAX_BYTES = 512L << 20;

    private static final Pattern TABLE = Pattern.compile("\\.(csv|tsv)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINES = Pattern.compile("\\.jsonl$", Pattern.CASE_INSENSITIVE);

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
        boolean table = TABLE.matcher(name).find();
        if (!table && !LINES.matcher(name).find()) {
            problems.add(Place.of(name), "", "a .csv, .tsv or .jsonl file", "another ending");
            return List.of();
        }
        if (!Files.isRegularFile(file)) {
            problems.add(Place.of(name), "", "a readable file", Files.exists(file) ? "something else" : "no such file");
            return List.of();
        }
        List<LocatedVote> votes = new ArrayList<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(Place.of(name), "", "at most " + MAX_BYTES + " bytes", Files.size(file) + " bytes");
                return List.of();
            }
            try (BufferedReader text = TextFile.open(file)) {
                if (table) {
                    CsvVotes.read(name, text, problems, votes::add);
                } else {
                    JsonVotes.read(name, text, problems, votes::add);
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(new Problem(
                    Place.of(name),
                    "",
                    "text in UTF-8",
                    TextFile.found(e),
                    e instanceof TextFile.NotUtf8Exception ? "" : "save it as \"CSV UTF-8\""));
        } catch (IOException e) {
            problems.add(Place.of(name), "", "a readable file", IoReason.of(e));
        }
        return votes;
    }
}
