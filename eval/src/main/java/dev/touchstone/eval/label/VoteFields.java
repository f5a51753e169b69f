package dev.touchstone.eval.label;

import dev.touchstone.generator.document.NearestName;
import dev.touchstone.generator.document.Place;
import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.document.Problems;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.image.Fingerprint;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a vote of named texts, whatever the syntax of the file; everything wrong becomes a problem. */
record VoteFields(Place place, Map<String, String> texts, Problems problems) {

    static final List<String> REQUIRED = List.of("image_id", "reviewer", "question", "value", "ts");
    static final List<String> OPTIONAL = List.of("seconds", "source", "image_sha256", "fingerprint");

    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_SHOWN = 60;

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
                reviewer.get(),
                answer.get(),
                castAt.get(),
                seconds,
                source.get(),
                new JudgedPicture(sha256, fingerprint));
        return Optional.of(new LocatedVote(place, vote));
    }

    /** A text as a message shows it: one line, not too long. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }

    private String text(String key) {
        return texts.getOrDefault(key, "").strip();
    }

    private void wrong(String key, String expected) {
        String text = text(key);
        problems.add(place, key, expected, text.isEmpty() ? "nothing" : '"' + shown(text) + '"');
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
        if (text.isEmpty() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            wrong(key, "a name of 1 to " + LONGEST_NAME + " printable characters");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<Answer> answer() {
        String id = text("question");
        Optional<Question> question =
                Arrays.stream(Question.values()).filter(q -> q.id().equals(id)).findFirst();
        if (question.isEmpty()) {
            problems.add(new Problem(
                    place,
                    "question",
                    "one of " + String.join(", ", Question.ids()),
                    '"' + shown(id) + '"',
                    NearestName.hint(id, Question.ids())));
            return Optional.empty();
        }
        Optional<Answer> answer = Answer.parse(question.get(), text("value"));
        if (answer.isEmpty()) {
            wrong("value", Answer.form(question.get()) + " for " + id);
        }
        return answer;
    }

    private Optional<Instant> castAt() {
        try {
            return Optional.of(OffsetDateTime.parse(text("ts")).toInstant());
        } catch (DateTimeException e) {
            wrong("ts", "a time such as 2026-01-31T12:00:00Z");
            return Optional.empty();
        }
    }

    private Optional<Double> seconds() {
        String text = text("seconds");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            wrong("seconds", "a number of seconds, at least 0");
            return Optional.empty();
        }
        return Optional.of(Double.parseDouble(text));
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
