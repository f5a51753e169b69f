package dev.touchstone.eval.cohort;

import dev.touchstone.eval.inference.Agreement;
import dev.touchstone.eval.inference.GwetAc1;
import dev.touchstone.eval.inference.KrippendorffAlpha;
import dev.touchstone.eval.label.Answer;
import dev.touchstone.eval.label.LabelCounts;
import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.eval.label.Vote;
import dev.touchstone.eval.label.VoteStatus;
import dev.touchstone.eval.result.Evaluation.AgreementOn;
import dev.touchstone.eval.result.Evaluation.Labelling;
import dev.touchstone.eval.result.Figure;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.metric.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What people did, over the whole run. */
final class LabelFigures {

    private LabelFigures() {}

    static Labelling of(Optional<Labels> labels) {
        LabelCounts counts = labels.map(Labels::counts).orElse(new LabelCounts(0, 0, 0, 0, 0, 0));
        List<Vote> current = labels.map(Labels::votes).orElse(List.of()).stream()
                .filter(recorded -> recorded.status() == VoteStatus.CURRENT)
                .map(RecordedVote::vote)
                .toList();
        int reviewers = (int) current.stream().map(Vote::reviewer).distinct().count();
        int judged = (int) current.stream().map(Vote::image).distinct().count();
        List<AgreementOn> agreements = new ArrayList<>();
        for (Question question : List.of(Question.USABLE, Question.ADHERENCE, Question.APPEAL)) {
            List<Vote> asked = current.stream()
                    .filter(vote -> vote.answer().question() == question)
                    .toList();
            if (asked.stream().map(Vote::reviewer).distinct().count() > 1) {
                double[][] units = units(asked);
                KrippendorffAlpha.Level level =
                        question == Question.USABLE ? KrippendorffAlpha.Level.NOMINAL : KrippendorffAlpha.Level.ORDINAL;
                agreements.add(new AgreementOn(
                        question.id(),
                        figure(
                                KrippendorffAlpha.of(units, level),
                                level == KrippendorffAlpha.Level.NOMINAL
                                        ? "Krippendorff's alpha, nominal"
                                        : "Krippendorff's alpha, ordinal"),
                        figure(GwetAc1.of(units), "Gwet's AC1")));
            }
        }
        return new Labelling(counts, reviewers, judged, agreements);
    }

    private static double[][] units(List<Vote> votes) {
        Map<ImageId, List<Double>> units = new TreeMap<>();
        for (Vote vote : votes) {
            double rating = vote.answer() instanceof Answer.Rating grade
                    ? grade.grade()
                    : vote.answer() == Answer.Usable.YES ? 1 : 0;
            units.computeIfAbsent(vote.image(), image -> new ArrayList<>()).add(rating);
        }
        return units.values().stream()
                .map(unit -> unit.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    private static Figure figure(Agreement agreement, String method) {
        if (agreement instanceof Agreement.Measured measured) {
            return new Figure.Known(
                    measured.value(),
                    "1",
                    Optional.of(Direction.HIGHER_IS_BETTER),
                    measured.units(),
                    Optional.empty(),
                    method);
        }
        return Figure.Unscored.because(((Agreement.Undefined) agreement).reason(), 0);
    }
}
