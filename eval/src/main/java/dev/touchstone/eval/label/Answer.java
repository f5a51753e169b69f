package dev.touchstone.eval.label;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a reviewer answered. Answers of one question are equal exactly if their {@link #text} is. */
public sealed interface Answer {

    /** What was asked. */
    Question question();

    /** The form in files. */
    String text();

    /** Whether the picture can be used. */
    enum Usable implements Answer {
        YES,
        NO;

        @Override
        public Question question() {
            return Question.USABLE;
        }

        @Override
        public String text() {
            return this == YES ? "yes" : "no";
        }
    }

    /**
     * A grade.
     *
     * @param question {@code ADHERENCE} or {@code APPEAL}
     * @param grade in [1, 5], 5 is best
     */
    record Rating(Question question, int grade) implements Answer {

        public Rating {
            if (question != Question.ADHERENCE && question != Question.APPEAL || grade < 1 || grade > 5) {
                throw new IllegalArgumentException(
                        "rating: expected adherence or appeal from 1 to 5, found " + question.id() + " " + grade);
            }
        }

        @Override
        public String text() {
            return Integer.toString(grade);
        }
    }

    /**
     * What is wrong with a picture.
     *
     * @param tags each {@code [a-z0-9][a-z0-9-]*}; empty for none
     */
    record Flaws(SortedSet<String> tags) implements Answer {

        private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

        public Flaws {
            tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
            for (String tag : tags) {
                if (!TAG.matcher(tag).matches()) {
                    throw new IllegalArgumentException("flaw: expected " + TAG.pattern() + ", found \"" + tag + "\"");
                }
            }
        }

        @Override
        public Question question() {
            return Question.FLAWS;
        }

        @Override
        public String text() {
            return String.join(";", tags);
        }
    }

    /** Reads what {@link #text} writes; empty if the text is no answer to the question. */
    static Optional<Answer> parse(Question question, String text) {
        return switch (question) {
            case USABLE ->
                switch (text) {
                    case "yes" -> Optional.of(Usable.YES);
                    case "no" -> Optional.of(Usable.NO);
                    default -> Optional.empty();
                };
            case ADHERENCE, APPEAL ->
                text.matches("[1-5]") ? Optional.of(new Rating(question, text.charAt(0) - '0')) : Optional.empty();
            case FLAWS -> flaws(text);
        };
    }

    /** What an answer to the question looks like, for messages. */
    static String form(Question question) {
        return switch (question) {
            case USABLE -> "yes or no";
            case ADHERENCE, APPEAL -> "a whole number from 1 to 5";
            case FLAWS -> "tags of [a-z0-9-] separated by ; or nothing";
        };
    }

    private static Optional<Answer> flaws(String text) {
        SortedSet<String> tags = new TreeSet<>();
        if (!text.isBlank()) {
            Arrays.stream(text.split(";", -1)).map(String::strip).forEach(tags::add);
        }
        return tags.stream().allMatch(tag -> Flaws.TAG.matcher(tag).matches())
                ? Optional.of(new Flaws(tags))
                : Optional.empty();
    }
}
