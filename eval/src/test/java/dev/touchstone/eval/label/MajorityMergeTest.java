package dev.touchstone.eval.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.generator.run.ImageId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MajorityMergeTest {

    private static final ImageId IMAGE = ImageId.parse("pr-001.0");

    private static List<Verdict> merge(Question question, String... answers) {
        return MajorityMerge.of(IntStream.range(0, answers.length)
                .mapToObj(i -> new Vote(
                        IMAGE,
                        Reviewer.of("reviewer-" + i),
                        Answer.parse(question, answers[i]).orElseThrow(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Vote.NATIVE,
                        JudgedPicture.UNKNOWN))
                .toList());
    }

    @Test
    void theMajorityIsTheVerdict() {
        Verdict verdict = merge(Question.USABLE, "yes", "no", "yes").get(0);
        assertThat(verdict.value()).contains(Answer.Usable.YES);
        assertThat(verdict.votes()).isEqualTo(3);
        assertThat(verdict.agreeing()).isEqualTo(2);
        assertThat(verdict.tie()).isFalse();
    }

    @Test
    void aTieIsNoVerdict() {
        Verdict verdict = merge(Question.USABLE, "yes", "no").get(0);
        assertThat(verdict.value()).isEmpty();
        assertThat(verdict.tied()).containsExactly("no", "yes");
        assertThat(verdict.agreeing()).isZero();
    }

    @Test
    void gradesKeepTheirMeanEvenInATie() {
        Verdict verdict = merge(Question.ADHERENCE, "3", "5", "4").get(0);
        assertThat(verdict.value()).isEmpty();
        assertThat(verdict.tied()).containsExactly("3", "4", "5");
        assertThat(verdict.meanGrade()).contains(4.0);
    }

    @Test
    void aFlawIsThereIfMoreThanHalfNameIt() {
        Verdict verdict = merge(Question.FLAWS, "hands;text", "hands", "hands;edges", "text")
                .get(0);
        assertThat(verdict.value().orElseThrow().text()).isEqualTo("hands");
        assertThat(verdict.tied()).containsExactly("text");
        assertThat(verdict.agreeing()).isEqualTo(1);
    }

    @Test
    void questionsAndImagesAreMergedApart() {
        List<Vote> votes = Arrays.stream(Question.values())
                .map(question -> new Vote(
                        IMAGE,
                        Reviewer.of("ann"),
                        Answer.parse(
                                        question,
                                        switch (question) {
                                            case USABLE -> "no";
                                            case ADHERENCE, APPEAL -> "2";
                                            case FLAWS -> "text";
                                        })
                                .orElseThrow(),
                        Instant.EPOCH,
                        Optional.empty(),
                        Vote.NATIVE,
                        JudgedPicture.UNKNOWN))
                .toList();
        assertThat(MajorityMerge.of(votes)).extracting(Verdict::question).containsExactly(Question.values());
    }
}
