package dev.touchstone.metrics.weights.network;

import java.nio.charset.Charset;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as CLIP's tokenizer takes it: repaired as {@code ftfy.fix_text} 6.3.1 does, HTML escapes resolved twice, white space as
 * single blanks, lower case. Typographic quotes become straight ones, letters and their accents are composed (NFC), full-width
 * and half-width letters get their usual width, Latin ligatures are written out, control characters go.
 *
 * <p>Two things of ftfy are not done: text that was decoded by a wrong encoding ({@code Ã©} for {@code é}) is taken as it is,
 * and of named HTML escapes only amp, lt, gt, quot and apos are known.
 */
final class ClipText {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Pattern ESCAPE =
            Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));");
    private static final Pattern SECOND_CONTROLS = Pattern.compile("[\\x80-\\x9f]");

    /** Digraphs of Latin letters; their compatibility forms are what they hold, but for long s with t. */
    private static final Pattern LIGATURES =
            Pattern.compile("[\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb04\ufb06]");

    private static final Pattern WIDTHS = Pattern.compile("[\uff01-\uffef\u3000]");
    private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u02bc\u2018-\u201b]");
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201c-\u201f]");
    private static final Pattern LINE_BREAKS = Pattern.compile("\r\n|[\r\u2028\u2029\u0085]");
    private static final Pattern TERMINAL = Pattern.compile("\u001b\\[[0-9;]*[a-zA-Z]");
    private static final Pattern LONE_SURROGATES =
            Pattern.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]");
    private static final Pattern CONTROLS =
            Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f\u206a-\u206f\ufeff\ufff9-\ufffc]");
    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private ClipText() {}

    /** The text between whose words there is one blank, in lower case. */
    static String cleaned(String text) {
        String plain = unescaped(unescaped(fixed(text)));
        return BLANKS.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    /** Repaired until nothing is left to repair. Where a text holds a {@code <} its escapes are left to later. */
    private static String fixed(String text) {
        boolean markup = text.indexOf('<') >= 0;
        String before;
        String now = text;
        do {
            before = now;
            now = markup ? now : unescaped(now);
            now = SECOND_CONTROLS.matcher(now).replaceAll(match -> Matcher.quoteReplacement(windows(match.group())));
            now = LIGATURES.matcher(now).replaceAll(ClipText::compatible).replace("\ufb05", "\u017ft");
            now = WIDTHS.matcher(now).replaceAll(ClipText::compatible);
            now = DOUBLE_QUOTES.matcher(now).replaceAll("\"");
            now = SINGLE_QUOTES.matcher(now).replaceAll("'");
            now = LINE_BREAKS.matcher(now).replaceAll("\n");
            now = LONE_SURROGATES.matcher(now).replaceAll("\ufffd");
            now = TERMINAL.matcher(now).replaceAll("");
            now = CONTROLS.matcher(now).replaceAll("");
            now = Normalizer.normalize(now, Form.NFC);
        } while (!now.equals(before));
        return now;
    }

    private static String compatible(MatchResult match) {
        return Matcher.quoteReplacement(Normalizer.normalize(match.group(), Form.NFKC));
    }

    /** A control character of the second range as the letter that Windows has in its place, if it has one. */
    private static String windows(String control) {
        String letter = WINDOWS.decode(java.nio.ByteBuffer.wrap(new byte[] {(byte) control.charAt(0)}))
                .toString();
        return letter.equals("\ufffd") ? control : letter;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> {
            if (match.group(3) != null) {
                return switch (match.group(3)) {
                    case "amp" -> "&";
                    case "lt" -> "<";
                    case "gt" -> ">";
                    case "quot" -> "\"";
                    default -> "'";
                };
            }
            int code = match.group(1) != null ? Integer.parseInt(match.group(1)) : Integer.parseInt(match.group(2), 16);
            String character = Character.isValidCodePoint(code) ? Character.toString(code) : match.group();
            return Matcher.quoteReplacement(code >= 0x80 && code < 0xa0 ? windows(character) : character);
        });
    }
}
