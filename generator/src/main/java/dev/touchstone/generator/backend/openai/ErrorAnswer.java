package dev.touchstone.generator.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.http.FailedCall;
import dev.touchstone.generator.backend.http.FailedCall.Again;
import dev.touchstone.generator.backend.http.FailedCall.Serving;
import dev.touchstone.generator.backend.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server says is wrong.
 *
 * @param message for people, one line; empty if it says nothing
 * @param code its own name of the error; empty if it has none
 */
record ErrorAnswer(String message, String code) {

    private static final int LONGEST_MESSAGE = 300;
    private static final Pattern REFUSED_BY_POLICY = Pattern.compile(
            ".*(moderation|content_policy|content_filter|safety_violation|responsible_ai).*", Pattern.CASE_INSENSITIVE);

    /** The error in an answer: an object, its message, a bare string, or the text itself. */
    static ErrorAnswer of(byte[] body) {
        Optional<JsonNode> json = ImagesAnswer.parse(body);
        return json.map(ErrorAnswer::of)
                .orElseGet(() -> new ErrorAnswer(line(new String(body, StandardCharsets.UTF_8)), ""));
    }

    static ErrorAnswer of(JsonNode json) {
        JsonNode error = json.has("error") ? json.get("error") : json;
        if (error.isTextual()) {
            return new ErrorAnswer(line(error.textValue()), "");
        }
        JsonNode message = error.has("message") ? error.get("message") : error.path("detail");
        String code = error.path("code").asText("");
        return new ErrorAnswer(
                line(message.isTextual() ? message.textValue() : message.isMissingNode() ? "" : message.toString()),
                line(code.isEmpty() || code.equals("null") ? error.path("type").asText("") : code));
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    /** Whether policy refuses the prompt. */
    boolean moderated() {
        return REFUSED_BY_POLICY.matcher(code).matches();
    }

    /** For people: what it said, or that it said nothing. */
    String said() {
        String words =
                message.startsWith("<") ? "a page for people" : message.isEmpty() ? "nothing" : "\"" + message + "\"";
        return words + (code.isEmpty() ? "" : " (" + code + ")");
    }

    /** The failure that an answer of this status is. */
    FailedCall failure(HttpAnswer answer) {
        int status = answer.status();
        String found = "expected pictures, found status " + status + ": " + said();
        Optional<Duration> wait = wait(answer);
        boolean never = answer.header("x-should-retry").filter("false"::equals).isPresent();
        boolean asked = wait.isPresent()
                || answer.header("x-should-retry").filter("true"::equals).isPresent();
        Again unlessForbidden = never ? Again.NO : Again.YES;
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                new FailedCall(
                        Kind.REFUSED,
                        Serving.NOT_SERVED,
                        Again.NO,
                        "expected pictures, found a redirect, which is not followed. Set base_url to the new address.");
            case 401, 403 ->
                new FailedCall(
                        Kind.REFUSED, Serving.NOT_SERVED, Again.NO, found + ". Is the key right, and for this server?");
            case 404, 405 ->
                new FailedCall(
                        Kind.REFUSED, Serving.NOT_SERVED, Again.NO, found + ". Are base_url and model.id right?");
            case 429 ->
                code.equals("insufficient_quota")
                        ? new FailedCall(Kind.REFUSED, Serving.NOT_SERVED, Again.NO, found)
                        : new FailedCall(Kind.OVERLOADED, Serving.NOT_SERVED, unlessForbidden, found, wait);
            case 503 -> new FailedCall(Kind.OVERLOADED, Serving.NOT_SERVED, unlessForbidden, found, wait);
            case 408, 504 -> new FailedCall(Kind.TIMEOUT, Serving.UNKNOWN, unlessForbidden, found, wait);
            case 502 -> new FailedCall(Kind.SERVER, Serving.UNKNOWN, unlessForbidden, found, wait);
            // A broken server may break again and charge again: only where it asks for another try.
            default ->
                status >= 500
                        ? new FailedCall(
                                Kind.SERVER, Serving.UNKNOWN, asked && !never ? Again.YES : Again.NO, found, wait)
                        : new FailedCall(
                                status < 400 ? Kind.ANSWER : Kind.REFUSED, Serving.NOT_SERVED, Again.NO, found);
        };
    }

    private static Optional<Duration> wait(HttpAnswer answer) {
        Optional<String> millis = answer.header("retry-after-ms").filter(text -> text.matches("[0-9]{1,9}"));
        if (millis.isPresent()) {
            return millis.map(text -> Duration.ofMillis(Long.parseLong(text)));
        }
        return answer.header("retry-after").flatMap(ErrorAnswer::retryAfter);
    }

    private static Optional<Duration> retryAfter(String text) {
        if (text.matches("[0-9]{1,7}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until =
                    DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).parse(text, Instant::from);
            Duration left = Duration.between(Instant.now(), until);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
