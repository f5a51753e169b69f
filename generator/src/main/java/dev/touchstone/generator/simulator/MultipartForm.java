package dev.touchstone.generator.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body of type {@code multipart/form-data} (RFC 7578), by the names of its parts; the first part of a name counts.
 *
 * @param parts the bytes of each part
 */
record MultipartForm(SortedMap<String, byte[]> parts) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\r\n]*[; ]name=\"([^\"]*)\"");

    /** Empty where the content type is another, or the body is not of that form. */
    static Optional<MultipartForm> of(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.startsWith("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        // ISO 8859-1 keeps every byte as one character.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary.group(1);
        SortedMap<String, byte[]> parts = new TreeMap<>();
        int from = text.indexOf(delimiter);
        while (from >= 0) {
            int head = from + delimiter.length();
            int next = text.indexOf("\r\n" + delimiter, head);
            int blank = text.indexOf("\r\n\r\n", head);
            if (next < 0 || blank < 0 || blank > next) {
                break;
            }
            Matcher name = NAME.matcher(text.substring(head, blank));
            if (name.find()) {
                // The API of OpenAI calls a list of pictures image[].
                parts.putIfAbsent(
                        name.group(1).replace("[]", ""),
                        text.substring(blank + 4, next).getBytes(StandardCharsets.ISO_8859_1));
            }
            from = next + 2;
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new MultipartForm(parts));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parts.get(name)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
