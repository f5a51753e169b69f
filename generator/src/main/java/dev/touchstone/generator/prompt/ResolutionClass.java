package dev.touchstone.generator.prompt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size and aspect that prompts are labelled with.
 *
 * @param id the name in packs and cohorts: a word, and the size as {@code <width>x<height>}, or as one number for a square; such as
 *     {@code square-1024} or {@code portrait-832x1216}
 * @param widthPixels in [16, 4096]
 * @param heightPixels in [16, 4096]
 */
public record ResolutionClass(String id, int widthPixels, int heightPixels) {

    public static final ResolutionClass SQUARE_64 = new ResolutionClass("square-64", 64, 64);
    public static final ResolutionClass SQUARE_96 = new ResolutionClass("square-96", 96, 96);

    /** Four to five, the upright format of social networks. */
    public static final ResolutionClass SOCIAL_64X80 = new ResolutionClass("social-64x80", 64, 80);

    /** What a label looks like, in words. */
    static final String FORM = "a word and a size in [16, 4096], such as square-64, social-64x80 or wide-1344x768";

    private static final Pattern LABEL =
            Pattern.compile("(?=.{1,40}$)[a-z]+(?:-[a-z]+)*-([1-9][0-9]{1,3})(?:x([1-9][0-9]{1,3}))?");
    private static final int LEAST = 16;
    private static final int MOST = 4_096;

    /** The classes of the built-in world, in order; its golden dataset holds every edit in each. */
    public static List<ResolutionClass> builtin() {
        return List.of(SQUARE_64, SQUARE_96, SOCIAL_64X80);
    }

    /** The class of a label; empty if the label is not one. */
    public static Optional<ResolutionClass> of(String label) {
        Matcher size = LABEL.matcher(label);
        if (!size.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(size.group(1));
        int height = size.group(2) == null ? width : Integer.parseInt(size.group(2));
        return isSide(width) && isSide(height)
                ? Optional.of(new ResolutionClass(label, width, height))
                : Optional.empty();
    }

    private static boolean isSide(int pixels) {
        return pixels >= LEAST && pixels <= MOST;
    }
}
