package dev.touchstone.eval.label;

import dev.touchstone.generator.run.RunId;
import java.util.List;

/**
 * What people said about the pictures of a run: {@code labels.jsonl}.
 *
 * @param runId which run
 * @param imagesDigest SHA-256 of the {@code images.jsonl} that the votes were matched with
 * @param votes all there ever were, by image, question, reviewer and time
 * @param verdicts of the current votes, by image and question
 */
public record Labels(RunId runId, String imagesDigest, List<RecordedVote> votes, List<Verdict> verdicts) {

    public Labels {
        votes = List.copyOf(votes);
        verdicts = List.copyOf(verdicts);
    }

    /** What became of the votes. */
    public LabelCounts counts() {
        return new LabelCounts(
                count(VoteStatus.CURRENT),
                count(VoteStatus.SUPERSEDED),
                count(VoteStatus.STALE),
                (int) votes.stream()
                        .filter(vote -> vote.status() == VoteStatus.CURRENT)
                        .filter(vote -> vote.match() == PictureMatch.SAME_WITHIN_ROUNDING)
                        .count(),
                (int) verdicts.stream()
                        .filter(verdict -> verdict.value().isPresent())
                        .count(),
                (int) verdicts.stream().filter(Verdict::tie).count());
    }

    private int count(VoteStatus status) {
        return (int) votes.stream().filter(vote -> vote.status() == status).count();
    }
}
