package dev.touchstone.eval.label;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Votes of a comma-separated file; the first row names the columns, in any order. */
final class CsvVotes {

    private static final String FORMULA_STARTS = "=+-@";

    private CsvVotes() {}

    static List<LocatedVote> of(String file, String text, Problems problems) {
        List<LocatedVote> votes = new ArrayList<>();
        List<CsvRows.Row> rows = CsvRows.of(file, text, problems);
        if (rows.isEmpty()) {
            problems.add(Place.of(file), "", "a header with " + String.join(", ", VoteFields.REQUIRED), "no row");
            return votes;
        }
        List<String> header = rows.get(0).fields().stream().map(String::strip).toList();
        if (!headerFits(new Place(file, rows.get(0).line(), 0), header, problems)) {
            return votes;
        }
        for (CsvRows.Row row : rows.subList(1, rows.size())) {
            Place place = new Place(file, row.line(), 0);
            if (row.fields().size() != header.size()) {
                problems.add(
                        place,
                        "",
                        header.size() + " fields as in the header",
                        row.fields().size() + "");
                continue;
            }
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                texts.put(header.get(i), plain(row.fields().get(i)));
            }
            new VoteFields(place, texts, problems).vote().ifPresent(votes::add);
        }
        return votes;
    }

    /** Without the apostrophe by which exports keep spreadsheets from running a text as a formula. */
    private static String plain(String field) {
        return field.length() > 1 && field.charAt(0) == '\'' && FORMULA_STARTS.indexOf(field.charAt(1)) >= 0
                ? field.substring(1)
                : field;
    }

    private static boolean headerFits(Place place, List<String> header, Problems problems) {
        List<String> known = Stream.concat(VoteFields.REQUIRED.stream(), VoteFields.OPTIONAL.stream())
                .toList();
        boolean fits = true;
        for (String required : VoteFields.REQUIRED) {
            if (!header.contains(required)) {
                problems.add(place, required, "this column in the header", "none");
                fits = false;
            }
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            String shown = VoteFields.shown(column);
            if (!known.contains(column)) {
                problems.add(new Problem(
                        place,
                        shown,
                        "one of the columns " + String.join(", ", known),
                        "this unknown column",
                        NearestName.hint(column, known)));
                fits = false;
            } else if (!seen.add(column)) {
                problems.add(place, shown, "each column once", "it again");
                fits = false;
            }
        }
        return fits;
    }
}
