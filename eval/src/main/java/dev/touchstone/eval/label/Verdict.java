package dev.touchstone.eval.label;

import dev.touchstone.generator.run.ImageId;
import java.util.List;
import java.util.Optional;

/**
 * What the reviewers together say about one picture and one question.
 *
 * @param value what most of them say; empty where the most frequent answers are tied
 * @param votes how many reviewers answered
 * @param agreeing how many of them gave the verdict's answer; for flaws, exactly this set of tags. 0 in a tie
 * @param tied the answers, or for flaws the tags, that are tied; empty if none are. Tags named by exactly half of the reviewers
 *     are tied and not part of the value
 * @param meanGrade mean of the grades, for ratings
 */
public record Verdict(
        ImageId image,
        Question question,
        Optional<Answer> value,
        int votes,
        int agreeing,
        List<String> tied,
        Optional<Double> meanGrade) {

    public Verdict {
        tied = List.copyOf(tied);
    }

    /** Whether some answers are tied. */
    public boolean tie() {
        return !tied.isEmpty();
    }
}
