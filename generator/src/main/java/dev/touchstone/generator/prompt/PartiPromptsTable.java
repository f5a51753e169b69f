package dev.touchstone.generator.prompt;

import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.metrics.file.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of {@code PartiPrompts.tsv}: tab-separated, first line {@code Prompt, Category, Challenge, Note}. The published list
 * has no quoting, so that a quote is part of its prompt. A list that a spreadsheet saved again is told by its fields: each that
 * holds a quote is quoted as a whole, and one of them has a doubled quote or a comma inside; then the quotes are taken off.
 */
final class PartiPromptsTable {

    /** One row. */
    record Row(int line, String prompt, String category) {}

    private static final List<String> COLUMNS = List.of("Prompt", "Category", "Challenge", "Note");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*\"");
    private static final Pattern QUOTED_FOR_A_REASON = Pattern.compile("\"(?:[^\"]|\"\")*(?:\"\"|,)(?:[^\"]|\"\")*\"");

    private PartiPromptsTable() {}

    /** The rows; what is wrong is added to the problems and left out. */
    static List<Row> rows(String file, List<String> lines, Problems problems) {
        List<Row> rows = new ArrayList<>();
        CSVFormat format = CSVFormat.Builder.create()
                .setDelimiter('\t')
                .setQuote(quoted(lines) ? '"' : null)
                .setIgnoreEmptyLines(false)
                .get();
        int next = 1;
        try (CSVParser parser = CSVParser.parse(String.join("\n", lines), format)) {
            for (CSVRecord fields : parser) {
                Place place = new Place(file, next, 0);
                next = (int) parser.getCurrentLineNumber() + 1;
                if (place.line() == 1) {
                    if (!fields.toList().equals(COLUMNS)) {
                        problems.add(
                                place,
                                "",
                                "the columns Prompt, Category, Challenge and Note with tabs between them",
                                "another first line");
                        return List.of();
                    }
                } else if (fields.size() == 1 && TextFile.isBlank(fields.get(0))) {
                    continue;
                } else if (fields.size() != COLUMNS.size()) {
                    problems.add(place, "", COLUMNS.size() + " fields between tabs", fields.size() + " fields");
                } else {
                    rows.add(new Row(place.line(), fields.get(0), fields.get(1)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(new Place(file, next, 0), "", "quoted fields that end", "a quote that does not");
        }
        return rows;
    }

    private static boolean quoted(List<String> lines) {
        boolean reason = false;
        for (String line : lines) {
            for (String field : line.split("\t", -1)) {
                if (field.indexOf('"') >= 0 && !QUOTED.matcher(field).matches()) {
                    return false;
                }
                reason |= QUOTED_FOR_A_REASON.matcher(field).matches();
            }
        }
        return reason;
    }
}
