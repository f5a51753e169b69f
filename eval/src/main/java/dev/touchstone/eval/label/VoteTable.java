package dev.touchstone.eval.label;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;

/**
 * How a table of votes is written, told by its start: separated by commas, semicolons or tabs, whatever stands most often in
 * the first line outside quotes, or by the sign of a first line {@code sep=;}, which is a spreadsheet's and no row.
 *
 * @param separator between fields
 * @param linesBefore lines in front of the header
 */
record VoteTable(char separator, int linesBefore) {

    private static final int LONGEST_START = 1 << 16;
    private static final String SEPARATORS = ",;\t";
    private static final String NAMED = "sep=";

    /** Looks at the start of a text; afterwards the header is what is read next. */
    static VoteTable of(BufferedReader text) throws IOException {
        text.mark(LONGEST_START);
        char[] buffer = new char[LONGEST_START];
        int length = Math.max(0, text.read(buffer));
        text.reset();
        String start = new String(buffer, 0, length);
        String first = start.lines().findFirst().orElse("");
        String bare = first.replace("\"", "");
        if (bare.toLowerCase(Locale.ROOT).startsWith(NAMED) && bare.length() == NAMED.length() + 1) {
            text.readLine();
            return new VoteTable(bare.charAt(NAMED.length()), 1);
        }
        String header =
                start.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char separator = ',';
        for (char candidate : SEPARATORS.toCharArray()) {
            if (count(header, candidate) > count(header, separator)) {
                separator = candidate;
            }
        }
        return new VoteTable(separator, 0);
    }

    private static int count(String line, char sign) {
        int count = 0;
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            quoted ^= c == '"';
            count += c == sign && !quoted ? 1 : 0;
        }
        return count;
    }
}
