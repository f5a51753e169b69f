package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.eval.label.Reviewer;
import dev.touchstone.eval.label.Vote;
import dev.touchstone.eval.label.VoteStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about what people said. They look at the candidate's votes, and make suspect only a win that rests on votes. */
final class LabelRules {

    /** Votes of one reviewer in one second that a person could have given on several pictures. */
    private static final int MOST_IN_A_SECOND = 5;

    /** Below this nobody saw the picture. */
    private static final double LEAST_SECONDS = 0.3;

    private LabelRules() {}

    static Optional<Finding> stale(RuleInput in) {
        List<RecordedVote> votes = in.candidate().votes();
        long stale =
                votes.stream().filter(vote -> vote.status() == VoteStatus.STALE).count();
        long current = current(in.candidate()).size();
        if (stale == 0) {
            return Optional.empty();
        }
        return stale >= current
                ? ofVotes(in, "%d of %d votes were given to other pictures than the run holds", stale, votes.size())
                : Finding.notice(
                        "%d of %d votes were given to other pictures than the run holds and are set aside",
                        stale, votes.size());
    }

    private static List<Vote> current(ComparedRun run) {
        return run.votes().stream()
                .filter(vote -> vote.status() == VoteStatus.CURRENT)
                .map(RecordedVote::vote)
                .toList();
    }

    static Optional<Finding> oneReviewer(RuleInput in) {
        List<Vote> votes = current(in.candidate());
        Set<Reviewer> reviewers = new HashSet<>();
        votes.forEach(vote -> reviewers.add(vote.reviewer()));
        return reviewers.size() == 1
                ? ofVotes(
                        in,
                        "all %d votes are of one reviewer, %s",
                        votes.size(),
                        votes.get(0).reviewer())
                : Optional.empty();
    }

    /** Suspect where a number that rests on votes is better; elsewhere the votes win nothing, and it is worth a notice. */
    private static Optional<Finding> ofVotes(RuleInput in, String evidence, Object... arguments) {
        return in.won(LabelRules::voted)
                ? Finding.suspect(evidence, arguments)
                : Finding.notice(evidence + "; no number that rests on votes is better", arguments);
    }

    private static boolean voted(String metric) {
        return metric.equals("usable.rate") || metric.equals("cost.per-usable");
    }

    static Optional<Finding> withoutTime(RuleInput in) {
        List<Vote> votes = current(in.candidate());
        Map<String, Integer> bySecond = new HashMap<>();
        int hasty = 0;
        for (Vote vote : votes) {
            Instant second = vote.castAt().truncatedTo(ChronoUnit.SECONDS);
            bySecond.merge(vote.reviewer() + " " + second, 1, Integer::sum);
            hasty += vote.seconds().filter(spent -> spent < LEAST_SECONDS).isPresent() ? 1 : 0;
        }
        int atOnce = bySecond.values().stream()
                .filter(count -> count > MOST_IN_A_SECOND)
                .mapToInt(Integer::intValue)
                .sum();
        return 2 * Math.max(atOnce, hasty) > votes.size()
                ? ofVotes(
                        in,
                        "of %d votes %d were cast together with more than %d others of the same second, %d in under %.1f"
                                + " seconds",
                        votes.size(),
                        atOnce,
                        MOST_IN_A_SECOND,
                        hasty,
                        LEAST_SECONDS)
                : Optional.empty();
    }

    /** The same person's same answer of the same instant in both runs, on pictures that differ. */
    static Optional<Finding> reused(RuleInput in) {
        Set<List<Object>> ofBase = new HashSet<>();
        current(in.base()).forEach(vote -> ofBase.add(key(vote)));
        Set<String> same = new HashSet<>();
        for (int k = 0; k < in.images().size(); k++) {
            int row = in.images().candidate()[k];
            if (in.candidate()
                    .pictures()
                    .sameFile(row, in.base().pictures(), in.images().base()[k])) {
                same.add(in.pairs().prompts().id(in.candidate().pictures().prompt(row)) + "."
                        + in.candidate().pictures().index(row));
            }
        }
        int reused = 0;
        for (Vote vote : current(in.candidate())) {
            reused += ofBase.contains(key(vote)) && !same.contains(vote.image().toString()) ? 1 : 0;
        }
        return reused == 0
                ? Optional.empty()
                : ofVotes(
                        in,
                        "%d votes of the candidate are votes of the base, on pictures that are not the base's",
                        reused);
    }

    private static List<Object> key(Vote vote) {
        return List.of(vote.image(), vote.reviewer(), vote.answer().question(), vote.castAt());
    }
}
