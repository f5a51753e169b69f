package dev.touchstone.generator.backend.comfyui;

import java.util.regex.Pattern;

/** Words of a server, made fit to be kept and shown: one line, bounded, without its paths. */
final class Said {

    private static final int LONGEST = 240;

    // A drive, a home or a root, and what follows up to a space, a quote or a bracket; one name after a slash is no
    // path.
    private static final Pattern PATH =
            Pattern.compile("(?:[A-Za-z]:\\\\|\\\\\\\\|~/|/(?=[^\\s'\"()\\[\\],;:/]+/))[^\\s'\"()\\[\\],;]*");

    private Said() {}

    /** The words without paths and line breaks, at most 240 characters. */
    static String line(String words) {
        String line = PATH.matcher(words)
                .replaceAll("(path)")
                .replaceAll("\\p{Cntrl}+|\\s+", " ")
                .strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
