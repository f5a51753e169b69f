package dev.touchstone.eval.label;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.Shown;
import dev.touchstone.metrics.file.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Votes of a table; the first row names the columns, in any order. Rows and columns without any text are passed over, as
 * spreadsheets leave them at the end.
 */
final class CsvVotes {

    private static final String FORMULA_STARTS = "=+-@";

    /** More unknown columns than these beside a missing one are another kind of file, which is said once. */
    private static final int MOST_UNKNOWN = 3;

    private final String file;
    private final Problems problems;
    private final Consumer<LocatedVote> votes;

    private CsvVotes(String file, Problems problems, Consumer<LocatedVote> votes) {
        this.file = file;
        this.problems = problems;
        this.votes = votes;
    }

    /** Hands on every vote in file order; whatever is wrong is added to the problems and left out. */
    static void read(String file, BufferedReader text, Problems problems, Consumer<LocatedVote> votes)
            throws IOException {
        VoteTable table = VoteTable.of(text);
        CSVFormat format = CSVFormat.Builder.create()
                .setDelimiter(table.separator())
                .setQuote('"')
                .setIgnoreEmptyLines(false)
                .get();
        try (CSVParser rows =
                CSVParser.builder().setReader(text).setFormat(format).get()) {
            new CsvVotes(file, problems, votes).rows(rows, table.linesBefore());
        }
    }

    private void rows(CSVParser parser, int before) throws IOException {
        List<String> header = List.of();
        int next = before + 1;
        try {
            for (CSVRecord row : parser) {
                Place place = new Place(file, next, 0);
                next = (int) parser.getCurrentLineNumber() + before + 1;
                if (row.stream().allMatch(TextFile::isBlank)) {
                    continue;
                }
                if (header.isEmpty()) {
                    header = header(row);
                    if (!headerFits(place, header)) {
                        return;
                    }
                } else {
                    vote(place, header, row);
                }
                if (problems.isFull()) {
                    return;
                }
            }
        } catch (UncheckedIOException e) {
            // A quote that is never closed, or text behind a closing one; where the next row starts nobody can say.
            if (!(e.getCause() instanceof CSVException
                    || e.getCause().getMessage().contains("EOF"))) {
                throw e.getCause();
            }
            problems.add(
                    new Place(file, next, 0),
                    "",
                    "a quoted field to end with a quote, and then the separator or the end of the line",
                    "another end; rows from here on were not read");
            return;
        }
        if (header.isEmpty()) {
            problems.add(Place.of(file), "", "a header with " + String.join(", ", VoteFields.REQUIRED), "no row");
        }
    }

    private static List<String> header(CSVRecord row) {
        List<String> names = row.stream()
                .map(name -> TextFile.strip(name).toLowerCase(Locale.ROOT))
                .toList();
        int columns = names.size();
        while (names.get(columns - 1).isEmpty()) {
            columns--;
        }
        return names.subList(0, columns);
    }

    private void vote(Place place, List<String> header, CSVRecord row) {
        if (row.size() < header.size()
                || row.stream().skip(header.size()).anyMatch(field -> !TextFile.isBlank(field))) {
            problems.add(place, "", header.size() + " fields as in the header", row.size() + "");
            return;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            texts.put(header.get(i), plain(row.get(i)));
        }
        new VoteFields(place, texts, problems).vote().ifPresent(votes);
    }

    /** Without the apostrophe by which exports keep spreadsheets from running a text as a formula. */
    private static String plain(String field) {
        return field.length() > 1 && field.charAt(0) == '\'' && FORMULA_STARTS.indexOf(field.charAt(1)) >= 0
                ? field.substring(1)
                : field;
    }

    private boolean headerFits(Place place, List<String> header) {
        List<String> known = Stream.concat(VoteFields.REQUIRED.stream(), VoteFields.OPTIONAL.stream())
                .toList();
        boolean whole = header.containsAll(VoteFields.REQUIRED);
        long unknown = header.stream().filter(column -> !known.contains(column)).count();
        if (!whole && unknown > MOST_UNKNOWN) {
            problems.add(
                    place,
                    "",
                    "the columns " + String.join(", ", VoteFields.REQUIRED) + " of a file of votes",
                    header.size() + " others: " + Shown.of(String.join(", ", header)));
            return false;
        }
        VoteFields.REQUIRED.stream()
                .filter(required -> !header.contains(required))
                .forEach(required -> problems.add(place, required, "this column in the header", "none"));
        Set<String> seen = new HashSet<>();
        boolean once = true;
        for (String column : header) {
            String shown = Shown.of(column);
            if (!known.contains(column)) {
                problems.add(new Problem(
                        place,
                        shown,
                        "one of the columns " + String.join(", ", known),
                        column.isEmpty() ? "a column without a name" : "this unknown column",
                        NearestName.hint(column, known)));
            } else if (!seen.add(column)) {
                problems.add(place, shown, "each column once", "it again");
                once = false;
            }
        }
        return whole && once && unknown == 0;
    }
}
