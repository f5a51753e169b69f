package dev.touchstone.eval.label;

import dev.touchstone.generator.run.ImageId;
import java.time.Instant;
import java.util.Optional;

/**
 * One reviewer's answer to one question about one picture.
 *
 * @param image which image of the run
 * @param reviewer who
 * @param answer what
 * @param castAt when
 * @param seconds how long the reviewer looked, at least 0, where known
 * @param source where the vote was collected; {@code native} for Touchstone's own files
 * @param judged which picture the reviewer saw
 */
public record Vote(
        ImageId image,
        Reviewer reviewer,
        Answer answer,
        Instant castAt,
        Optional<Double> seconds,
        String source,
        JudgedPicture judged) {

    /** The source of a vote that names none. */
    public static final String NATIVE = "native";

    /** @throws IllegalArgumentException if the source is blank or the time negative or not finite */
    public Vote {
        if (source.isBlank()) {
            throw new IllegalArgumentException("vote on " + image + ": expected a source, found \"" + source + "\"");
        }
        if (seconds.filter(s -> !(s >= 0) || s.isInfinite()).isPresent()) {
            throw new IllegalArgumentException("vote on " + image + ": expected seconds >= 0, found " + seconds.get());
        }
    }

    /** Votes of one key answer the same question; the latest counts, whatever it was collected with. */
    public Key key() {
        return new Key(image, answer.question(), reviewer);
    }

    /** What a later vote replaces. */
    public record Key(ImageId image, Question question, Reviewer reviewer) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int order = image.compareTo(other.image);
            order = order != 0 ? order : question.compareTo(other.question);
            return order != 0 ? order : reviewer.compareTo(other.reviewer);
        }
    }
}
