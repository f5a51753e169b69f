package dev.touchstone.eval.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.image.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VoteHistoryTest {

    private static final ImageId IMAGE = ImageId.parse("pr-001.0");
    private static final ImageId FAILED = ImageId.parse("pr-001.1");
    private static final JudgedPicture HELD = picture("aa".repeat(32), "10");

    private final VoteHistory history = new VoteHistory(pictures(HELD));

    private static JudgedPicture picture(String digest, String fingerprint) {
        return new JudgedPicture(Optional.of(digest), Optional.of(new Fingerprint(fingerprint.repeat(96))));
    }

    private static RunPictures pictures(JudgedPicture held) {
        return new RunPictures(new TreeMap<>(Map.of(IMAGE, Optional.of(held), FAILED, Optional.empty())));
    }

    private static Vote vote(ImageId image, String value, int second, JudgedPicture judged) {
        return new Vote(
                image,
                Reviewer.of("ann"),
                Answer.parse(Question.USABLE, value).orElseThrow(),
                Instant.EPOCH.plusSeconds(second),
                Optional.empty(),
                Vote.NATIVE,
                judged);
    }

    @Test
    void theLatestVoteCountsAndTheHistoryStays() {
        history.add(vote(IMAGE, "no", 2, HELD));
        history.add(vote(IMAGE, "yes", 1, HELD));
        assertThat(history.recorded())
                .extracting(recorded -> recorded.vote().answer().text(), RecordedVote::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("yes", VoteStatus.SUPERSEDED),
                        org.assertj.core.groups.Tuple.tuple("no", VoteStatus.CURRENT));
    }

    @Test
    void addingTheSameVoteAgainChangesNothing() {
        history.add(vote(IMAGE, "no", 2, HELD));
        List<RecordedVote> once = history.recorded();
        history.add(vote(IMAGE, "no", 2, HELD));
        history.add(vote(IMAGE, "no", 2, JudgedPicture.UNKNOWN));
        assertThat(history.recorded()).isEqualTo(once);
    }

    @Test
    void aPictureWithinRoundingIsTheSameAndAnyOtherIsStale() {
        history.add(vote(IMAGE, "no", 1, picture("bb".repeat(32), "11")));
        assertThat(history.recorded().get(0).match()).isEqualTo(PictureMatch.SAME_WITHIN_ROUNDING);
        assertThat(history.recorded().get(0).status()).isEqualTo(VoteStatus.CURRENT);
        history.add(vote(IMAGE, "yes", 2, picture("cc".repeat(32), "30")));
        assertThat(history.recorded())
                .extracting(RecordedVote::status)
                .containsExactly(VoteStatus.CURRENT, VoteStatus.STALE);
    }

    @Test
    void aVoteWithoutAPictureIsBoundToTheOneTheRunHolds() {
        history.add(vote(IMAGE, "yes", 1, JudgedPicture.UNKNOWN));
        Vote bound = history.recorded().get(0).vote();
        assertThat(bound.judged()).isEqualTo(HELD);
        VoteHistory later = new VoteHistory(pictures(picture("dd".repeat(32), "90")));
        later.add(bound);
        later.add(vote(IMAGE, "yes", 1, JudgedPicture.UNKNOWN));
        assertThat(later.recorded()).extracting(RecordedVote::status).containsExactly(VoteStatus.STALE);
    }

    @Test
    void aVoteOnAFailedImageIsStale() {
        history.add(vote(FAILED, "yes", 1, HELD));
        assertThat(history.recorded().get(0).match()).isEqualTo(PictureMatch.NO_PICTURE);
        assertThat(history.recorded().get(0).status()).isEqualTo(VoteStatus.STALE);
    }
}
