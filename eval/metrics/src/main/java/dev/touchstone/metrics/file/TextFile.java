package dev.touchstone.metrics.file;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Text that people write and programs of theirs save: UTF-8, with or without a byte-order mark, lines ending with {@code \n},
 * {@code \r\n} or {@code \r}.
 */
public final class TextFile {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /** A file is not text in UTF-8; the message says what it seems to be, as what was found. */
    public static final class NotUtf8Exception extends CharacterCodingException {

        private static final long serialVersionUID = 1;

        private final String found;

        NotUtf8Exception(String found) {
            this.found = found;
        }

        @Override
        public String getMessage() {
            return found;
        }
    }

    /**
     * Opens a text behind its byte-order mark. Bytes that are not UTF-8 end the reading with a
     * {@link CharacterCodingException} where they stand.
     *
     * @throws NotUtf8Exception if the first bytes are those of UTF-16 or of a packed file
     * @throws IOException if the file cannot be read
     */
    public static BufferedReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(4);
            byte[] start = in.readNBytes(4);
            in.reset();
            refuseOtherForms(start);
            BufferedReader reader = new BufferedReader(new InputStreamReader(
                    in,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)));
            if (start.length >= 3
                    && (start[0] & 0xff) == 0xef
                    && (start[1] & 0xff) == 0xbb
                    && (start[2] & 0xff) == 0xbf) {
                reader.skip(1);
            }
            return reader;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** All lines, as {@link #open}. */
    public static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = open(file)) {
            return reader.lines().toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What a file that is not UTF-8 seems to be, for messages. */
    public static String found(CharacterCodingException e) {
        return e instanceof NotUtf8Exception ? e.getMessage() : "bytes that are not";
    }

    /** Whether nothing of a text can be seen: white space, no-break and zero-width characters only. */
    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextFile::isInvisible);
    }

    /** A text without what cannot be seen at its ends. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isInvisible(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (end > start && isInvisible(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }

    /** The first so many characters, of which none is torn. */
    public static String start(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }

    private static boolean isInvisible(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || point == BYTE_ORDER_MARK
                || Character.getType(point) == Character.FORMAT;
    }

    private static void refuseOtherForms(byte[] start) throws NotUtf8Exception {
        int first = start.length < 2 ? 0 : (start[0] & 0xff) << 8 | start[1] & 0xff;
        if (first == 0xfffe || first == 0xfeff) {
            throw new NotUtf8Exception("UTF-16; save it as UTF-8, in a spreadsheet as \"CSV UTF-8\"");
        }
        if (first == ('P' << 8 | 'K') && start.length == 4 && start[2] == 3 && start[3] == 4) {
            throw new NotUtf8Exception("a packed file, such as a spreadsheet's own; save it as \"CSV UTF-8\"");
        }
    }
}
