package dev.touchstone.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The encoding in which this process reads arguments and file names. The launcher sets UTF-8; a JVM that is started without it in a
 * locale without letters beyond ASCII takes all of them for the same one.
 */
final class FileNameEncoding {

    private static final String PROPERTY = "sun.jnu.encoding";
    private static final char REPLACEMENT = '\ufffd';

    private FileNameEncoding() {}

    /** Why a command with these arguments is not started; empty where all of them were read as they were given. */
    static Optional<String> problem(String... arguments) {
        return problemIn(System.getProperty(PROPERTY, StandardCharsets.UTF_8.name()), arguments);
    }

    static Optional<String> problemIn(String encoding, String... arguments) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.indexOf(REPLACEMENT) >= 0)
                .findFirst()
                .map(argument -> "arguments: expected them in this process's encoding " + encoding + ", found \""
                        + argument + "\"; " + advice(encoding));
    }

    /** What to do about a name that the encoding does not hold. */
    static String advice(String encoding) {
        boolean utf8 =
                Charset.isSupported(encoding) && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
        return utf8 ? "rename the file: its name is not UTF-8" : "set LC_ALL=C.UTF-8";
    }
}
