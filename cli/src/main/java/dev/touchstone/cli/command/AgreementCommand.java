package dev.touchstone.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.cli.exit.CommandException;
import dev.touchstone.cli.exit.ExitCode;
import dev.touchstone.eval.inference.Agreement;
import dev.touchstone.eval.inference.GwetAc1;
import dev.touchstone.eval.inference.KrippendorffAlpha;
import dev.touchstone.eval.inference.KrippendorffAlpha.Level;
import dev.touchstone.eval.label.Answer;
import dev.touchstone.eval.label.LabelFile;
import dev.touchstone.eval.label.LocatedVote;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.RecordedVote;
import dev.touchstone.eval.label.Vote;
import dev.touchstone.eval.label.VoteStatus;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Whether reviewers agree. */
@Command(
        name = "agreement",
        mixinStandardHelpOptions = true,
        description = "How far reviewers agree: Krippendorff's alpha and Gwet's AC1.")
final class AgreementCommand implements Callable<Integer> {

    private static final String NATIVE = "native";

    @Parameters(paramLabel = "RUN-or-FILE", description = "A run folder, or a .csv or .jsonl file of votes.")
    Path subject;

    @Option(
            names = "--question",
            paramLabel = "Q",
            converter = QuestionConverter.class,
            description = "usable, adherence, appeal or flaws (default: the first of these that was answered).")
    Question question;

    @Option(
            names = "--level",
            description = "nominal, ordinal or interval (default: ordinal for ratings, else nominal).")
    Level level;

    @Option(names = "--format", defaultValue = NATIVE, description = "Form of the file (default: ${DEFAULT-VALUE}).")
    String format;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        if (!format.equals(NATIVE)) {
            throw new CommandException(
                    ExitCode.INVALID_INPUT,
                    "--format: expected native, found \"" + format + "\"; other forms cannot be read yet: write"
                            + " a CSV with the columns image_id, reviewer, question, value, ts");
        }
        Collection<Vote> votes = Files.isDirectory(subject) ? ofRun() : ofFile();
        Question asked = Optional.ofNullable(question).orElseGet(() -> firstAnswered(votes));
        Level distance = Optional.ofNullable(level).orElse(isRating(asked) ? Level.ORDINAL : Level.NOMINAL);
        double[][] units = units(votes, asked);
        Agreement alpha = KrippendorffAlpha.of(units, distance);
        Agreement ac1 = GwetAc1.of(units);
        int ratings = Arrays.stream(units).mapToInt(unit -> unit.length).sum();
        if (common.json) {
            ObjectNode answer = Json.object()
                    .put("question", asked.id())
                    .put("level", distance.name().toLowerCase(Locale.ROOT))
                    .put("images", units.length)
                    .put("votes", ratings);
            put(answer, "alpha", alpha);
            put(answer, "ac1", ac1);
            System.out.println(Json.line(answer));
        } else {
            System.out.println(new Table()
                    .row("question", asked.id())
                    .row("images", Integer.toString(units.length))
                    .row("votes", Integer.toString(ratings))
                    .row("alpha", say(alpha) + ", " + distance.name().toLowerCase(Locale.ROOT))
                    .row("ac1", say(ac1)));
        }
        return 0;
    }

    private Collection<Vote> ofRun() {
        return LabelsCommand.of(subject).votes().stream()
                .filter(recorded -> recorded.status() == VoteStatus.CURRENT)
                .map(RecordedVote::vote)
                .toList();
    }

    /** The latest vote of each reviewer; of two at the same time the later in the file. */
    private Collection<Vote> ofFile() {
        Map<Vote.Key, Vote> latest = new TreeMap<>();
        for (LocatedVote located : LabelFile.read(subject)) {
            latest.merge(
                    located.vote().key(),
                    located.vote(),
                    (before, now) -> now.castAt().isBefore(before.castAt()) ? before : now);
        }
        return latest.values();
    }

    private Question firstAnswered(Collection<Vote> votes) {
        return votes.stream()
                .map(vote -> vote.answer().question())
                .min(Question::compareTo)
                .orElseThrow(
                        () -> new CommandException(ExitCode.INVALID_INPUT, subject + ": expected votes, found none"));
    }

    private static boolean isRating(Question question) {
        return question == Question.ADHERENCE || question == Question.APPEAL;
    }

    private static double[][] units(Collection<Vote> votes, Question question) {
        List<Vote> own = votes.stream()
                .filter(vote -> vote.answer().question() == question)
                .toList();
        List<String> categories = new ArrayList<>(
                new TreeSet<>(own.stream().map(vote -> vote.answer().text()).toList()));
        Map<ImageId, List<Double>> units = new TreeMap<>();
        for (Vote vote : own) {
            double rating = vote.answer() instanceof Answer.Rating rated
                    ? rated.grade()
                    : categories.indexOf(vote.answer().text());
            units.computeIfAbsent(vote.image(), image -> new ArrayList<>()).add(rating);
        }
        return units.values().stream()
                .map(unit -> unit.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    private static void put(ObjectNode answer, String name, Agreement agreement) {
        if (agreement instanceof Agreement.Measured measured) {
            answer.put(name, measured.value());
        } else if (agreement instanceof Agreement.Undefined undefined) {
            answer.put(name + "Undefined", undefined.reason());
        }
    }

    private static String say(Agreement agreement) {
        return agreement instanceof Agreement.Measured measured
                ? String.format(Locale.ROOT, "%.4f", measured.value()) + " (" + measured.units() + " images with "
                        + measured.ratings() + " votes)"
                : "undefined: " + ((Agreement.Undefined) agreement).reason();
    }

    /** Reads a question's name. */
    static final class QuestionConverter implements ITypeConverter<Question> {
        @Override
        public Question convert(String text) {
            return Arrays.stream(Question.values())
                    .filter(one -> one.id().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected one of " + String.join(", ", Question.ids()) + ", found \"" + text + "\""));
        }
    }
}
