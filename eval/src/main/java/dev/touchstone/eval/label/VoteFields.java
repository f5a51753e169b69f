package dev.touchstone.eval.label;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.document.Shown;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.file.TextFile;
import dev.touchstone.metrics.image.Fingerprint;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a vote of named texts, whatever the syntax of the file; everything wrong becomes a problem. */
record VoteFields(Place place, Map<String, String> texts, Problems problems) {

    static final List<String> REQUIRED = List.of("image_id", "reviewer", "question", "value", "ts");
    static final List<String> OPTIONAL = List.of("seconds", "source", "image_sha256", "fingerprint");

    private static final int LONGEST_NAME = 80;

    Optional<LocatedVote> vote() {
        Optional<ImageId> image = image();
        Optional<String> reviewer = name("reviewer", Optional.empty());
        Optional<String> source = name("source", Optional.of(Vote.NATIVE));
        Optional<Answer> answer = answer();
        Optional<Instant> castAt = castAt();
        Optional<Double> seconds = seconds();
        Optional<String> sha256 = sha256();
        Optional<Fingerprint> fingerprint = fingerprint();
        if (image.isEmpty() || reviewer.isEmpty() || source.isEmpty() || answer.isEmpty() || castAt.isEmpty()) {
            return Optional.empty();
        }
        Vote vote = new Vote(
                image.get(),
                Reviewer.of(reviewer.get()),
                answer.get(),
                castAt.get(),
                seconds,
                source.get(),
                new JudgedPicture(sha256, fingerprint));
        return Optional.of(new LocatedVote(place, vote));
    }

    private String text(String key) {
        return TextFile.strip(texts.getOrDefault(key, ""));
    }

    private void wrong(String key, String expected) {
        String text = text(key);
        problems.add(place, key, expected, text.isEmpty() ? "nothing" : '"' + Shown.of(text) + '"');
    }

    private Optional<ImageId> image() {
        try {
            return Optional.of(ImageId.parse(text("image_id")));
        } catch (IllegalArgumentException e) {
            wrong("image_id", "<prompt id>.<index>");
            return Optional.empty();
        }
    }

    private Optional<String> name(String key, Optional<String> otherwise) {
        String text = text(key);
        if (text.isEmpty() && otherwise.isPresent()) {
            return otherwise;
        }
        if (text.isEmpty()
                || text.codePointCount(0, text.length()) > LONGEST_NAME
                || text.chars().anyMatch(Character::isISOControl)) {
            wrong(key, "a name of 1 to " + LONGEST_NAME + " printable characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<Answer> answer() {
        String id = text("question").toLowerCase(Locale.ROOT);
        Optional<Question> question =
                Arrays.stream(Question.values()).filter(q -> q.id().equals(id)).findFirst();
        if (question.isEmpty()) {
            problems.add(new Problem(
                    place,
                    "question",
                    "one of " + String.join(", ", Question.ids()),
                    '"' + Shown.of(id) + '"',
                    NearestName.hint(id, Question.ids())));
            return Optional.empty();
        }
        Optional<Answer> answer = Answer.parse(question.get(), value(question.get()));
        if (answer.isEmpty()) {
            wrong("value", Answer.form(question.get()) + " for " + id);
        }
        return answer;
    }

    /** The value as {@link Answer#text} writes it, where a person or a spreadsheet wrote it in another way. */
    private String value(Question question) {
        String value = text("value").toLowerCase(Locale.ROOT);
        return switch (question) {
            case USABLE ->
                switch (value) {
                    case "y", "true" -> "yes";
                    case "n", "false" -> "no";
                    default -> value;
                };
            case ADHERENCE, APPEAL -> value.replaceFirst("[.,]0+$", "");
            case FLAWS -> value.replace(',', ';');
        };
    }

    private Optional<Instant> castAt() {
        String text = text("ts");
        Optional<Instant> time = CastTime.parse(text);
        if (time.isEmpty()) {
            problems.add(new Problem(
                    place,
                    "ts",
                    "a time such as 2026-01-31T12:00:00Z",
                    text.isEmpty() ? "nothing" : '"' + Shown.of(text) + '"',
                    CastTime.hint(text)));
        }
        return time;
    }

    private Optional<Double> seconds() {
        String text = text("seconds");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,9}([.,][0-9]{1,9})?")) {
            wrong("seconds", "a number of seconds, at least 0");
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text.replace(',', '.')));
    }

    private Optional<String> sha256() {
        String text = text("image_sha256");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9a-f]{64}")) {
            wrong("image_sha256", "64 lower-case hex digits");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<Fingerprint> fingerprint() {
        try {
            return text("fingerprint").isEmpty() ? Optional.empty() : Optional.of(new Fingerprint(text("fingerprint")));
        } catch (IllegalArgumentException e) {
            wrong("fingerprint", "192 lower-case hex digits");
            return Optional.empty();
        }
    }
}
