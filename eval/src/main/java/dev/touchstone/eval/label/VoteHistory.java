package dev.touchstone.eval.label;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All votes there ever were on a run's pictures. Votes may be added any number of times: one that is there already changes
 * nothing. Of the votes of one key that hold for the run's picture, the latest counts; of votes cast at the same instant, the
 * one added last.
 */
public final class VoteHistory {

    private record Cast(Vote.Key key, java.time.Instant at, String answer) {}

    private final RunPictures pictures;
    private final Map<Cast, Vote> votes = new LinkedHashMap<>();

    public VoteHistory(RunPictures pictures) {
        this.pictures = pictures;
    }

    /** Adds a vote, unless the same reviewer gave the same answer at the same instant before. */
    public void add(Vote vote) {
        votes.merge(new Cast(vote.key(), vote.castAt(), vote.answer().text()), bound(vote), VoteHistory::better);
    }

    /** Which picture an unbound vote was given to is not known for sure; from now on it is the run's. */
    private Vote bound(Vote vote) {
        if (!vote.judged().equals(JudgedPicture.UNKNOWN)) {
            return vote;
        }
        return pictures.picture(vote.image())
                .map(picture -> new Vote(
                        vote.image(),
                        vote.reviewer(),
                        vote.answer(),
                        vote.castAt(),
                        vote.seconds(),
                        vote.source(),
                        picture))
                .orElse(vote);
    }

    private static Vote better(Vote before, Vote again) {
        // The same vote read again; the copy that names its picture is kept.
        return before.judged().equals(JudgedPicture.UNKNOWN) ? again : before;
    }

    /** Every vote with its status, by key, then time. */
    public List<RecordedVote> recorded() {
        Map<Vote.Key, List<Vote>> byKey = new TreeMap<>();
        for (Vote vote : votes.values()) {
            byKey.computeIfAbsent(vote.key(), key -> new ArrayList<>()).add(vote);
        }
        List<RecordedVote> recorded = new ArrayList<>();
        for (List<Vote> sameKey : byKey.values()) {
            sameKey.sort(Comparator.comparing(Vote::castAt));
            int latest = -1;
            for (int i = 0; i < sameKey.size(); i++) {
                latest = match(sameKey.get(i)).holds() ? i : latest;
            }
            for (int i = 0; i < sameKey.size(); i++) {
                PictureMatch match = match(sameKey.get(i));
                VoteStatus status =
                        !match.holds() ? VoteStatus.STALE : i == latest ? VoteStatus.CURRENT : VoteStatus.SUPERSEDED;
                recorded.add(new RecordedVote(sameKey.get(i), status, match));
            }
        }
        return recorded;
    }

    private PictureMatch match(Vote vote) {
        return pictures.match(vote.image(), vote.judged());
    }
}
