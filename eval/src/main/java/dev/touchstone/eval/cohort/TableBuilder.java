package dev.touchstone.eval.cohort;

import dev.touchstone.eval.label.Labels;
import dev.touchstone.eval.label.Question;
import dev.touchstone.eval.label.Verdict;
import dev.touchstone.eval.score.ScoreLine;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.RequestTimeline;
import dev.touchstone.generator.prompt.CohortAxis;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.ImageRecord;
import dev.touchstone.generator.run.PromptRecord;
import dev.touchstone.metrics.metric.Metric.Level;
import dev.touchstone.metrics.metric.MetricId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Makes the tables of a run's records. */
final class TableBuilder {

    private static final double SAME_INSTANT = 2e-6;

    private final RunRecords records;
    private final Map<String, List<RequestTimeline>> timelines;
    private final Map<String, List<ImageRecord>> images;
    private final Map<MetricId, Map<String, Double>> imageScores;
    private final Map<MetricId, Map<String, Double>> promptScores;
    private final Map<ImageId, Map<Question, Verdict>> verdicts = new HashMap<>();

    private TableBuilder(RunRecords records) {
        this.records = records;
        this.timelines = records.timelines().stream().collect(Collectors.groupingBy(RequestTimeline::request));
        this.images = records.images().stream()
                .collect(Collectors.groupingBy(image -> image.id().prompt().value()));
        this.imageScores = scores(Level.IMAGE);
        this.promptScores = scores(Level.PROMPT);
        records.labels()
                .map(Labels::verdicts)
                .orElse(List.of())
                .forEach(verdict -> verdicts.computeIfAbsent(verdict.image(), image -> new EnumMap<>(Question.class))
                        .put(verdict.question(), verdict));
    }

    static CohortTables of(RunRecords records) {
        TableBuilder builder = new TableBuilder(records);
        return new CohortTables(builder.requests(), builder.images());
    }

    /** Values by metric, then by id. */
    private Map<MetricId, Map<String, Double>> scores(Level level) {
        Map<MetricId, Map<String, Double>> scores = new LinkedHashMap<>();
        for (ScoreLine line : records.scores()) {
            if (line.subject().level() == level) {
                Map<String, Double> byId = scores.computeIfAbsent(line.metric(), metric -> new HashMap<>());
                line.known().ifPresent(known -> byId.put(line.subject().id(), known.value()));
            }
        }
        return scores;
    }

    private Table requests() {
        Columns columns = new Columns();
        SortedSet<Phase> phases = new TreeSet<>();
        records.timelines().stream()
                .filter(timeline -> !timeline.excluded())
                .forEach(timeline -> phases.addAll(timeline.phaseSeconds().keySet()));
        for (PromptRecord prompt : records.prompts()) {
            String id = prompt.prompt().id().value();
            List<ImageRecord> made = images.getOrDefault(id, List.of());
            if (made.isEmpty()) {
                continue; // a run that was not finished has prompts without records
            }
            labels(columns, prompt);
            ImageRecord.RequestTimes times = made.get(0).request();
            double service = times.deliveredSeconds() - times.sentSeconds();
            columns.text(CohortTables.ANSWERED, answered(made) ? CohortTables.YES : CohortTables.NO);
            columns.text(CohortTables.SESSION, Integer.toString(times.session()));
            columns.seconds(CohortTables.INTENDED, OptionalDouble.of(times.intendedStartSeconds()));
            columns.seconds(CohortTables.SENT, OptionalDouble.of(times.sentSeconds()));
            columns.seconds(CohortTables.DELIVERED, OptionalDouble.of(times.deliveredSeconds()));
            columns.seconds(
                    CohortTables.END_TO_END,
                    OptionalDouble.of(times.deliveredSeconds() - times.intendedStartSeconds()));
            columns.seconds(
                    CohortTables.FIRST_IMAGE,
                    times.firstImageSeconds().isPresent()
                            ? OptionalDouble.of(times.firstImageSeconds().getAsDouble() - times.intendedStartSeconds())
                            : OptionalDouble.empty());
            columns.seconds(CohortTables.SERVICE, OptionalDouble.of(service));
            List<RequestTimeline> attempts = timelines.getOrDefault(id, List.of());
            Optional<RequestTimeline> counted =
                    attempts.stream().filter(one -> isOf(one, times)).findFirst();
            for (Phase phase : phases) {
                columns.seconds(CohortTables.PHASE_PREFIX + phase.id(), seconds(counted, phase));
            }
            columns.seconds(
                    CohortTables.OTHER,
                    counted.isPresent()
                            ? OptionalDouble.of(service
                                    - phases.stream()
                                            .mapToDouble(counted.get()::seconds)
                                            .sum())
                            : OptionalDouble.empty());
            columns.number(CohortTables.FEES, OptionalDouble.of(times.details().feesAmount()));
            columns.seconds(
                    CohortTables.HELD,
                    OptionalDouble.of(attempts.stream()
                            .mapToDouble(RequestTimeline::heldSeconds)
                            .sum()));
            promptScores.forEach((metric, values) -> columns.number(metric.toString(), value(values, id)));
        }
        return columns.table("requests");
    }

    static double micros(double seconds) {
        return Math.round(seconds * 1e6) / 1e6;
    }

    private static boolean answered(List<ImageRecord> images) {
        return images.stream().anyMatch(ImageRecord.Complete.class::isInstance)
                && images.stream()
                        .noneMatch(image -> image instanceof ImageRecord.Failed failed
                                && failed.outcome() == ImageRecord.Outcome.FAILED);
    }

    private static boolean isOf(RequestTimeline timeline, ImageRecord.RequestTimes times) {
        return timeline.session() == times.session()
                && Math.abs(timeline.endSeconds() - times.deliveredSeconds()) < SAME_INSTANT;
    }

    private static OptionalDouble seconds(Optional<RequestTimeline> timeline, Phase phase) {
        return timeline.isPresent() ? OptionalDouble.of(timeline.get().seconds(phase)) : OptionalDouble.empty();
    }

    private Table images() {
        Columns columns = new Columns();
        for (PromptRecord prompt : records.prompts()) {
            for (ImageRecord image : images.getOrDefault(prompt.prompt().id().value(), List.of())) {
                labels(columns, prompt);
                String id = image.id().toString();
                columns.text(CohortTables.IMAGE, id);
                if (image instanceof ImageRecord.Failed failed) {
                    columns.text(CohortTables.STATUS, failed.outcome().id());
                    columns.text(CohortTables.REASON, failed.reason());
                    columns.text(CohortTables.PHASE, failed.failedPhase().id());
                } else {
                    columns.text(CohortTables.STATUS, CohortTables.COMPLETE);
                    columns.text(CohortTables.REASON, "");
                    columns.text(CohortTables.PHASE, "");
                }
                columns.number(CohortTables.CHARGED, OptionalDouble.of(charged(image)));
                verdicts(columns, verdicts.getOrDefault(image.id(), Map.of()));
                imageScores.forEach((metric, values) -> columns.number(metric.toString(), value(values, id)));
            }
        }
        return columns.table("images");
    }

    /** Pictures that a fee is due for: all candidates, whichever was kept; and what was served but withheld. */
    private static int charged(ImageRecord image) {
        if (image instanceof ImageRecord.Complete complete) {
            return complete.selection()
                    .map(selection -> selection.candidates().size())
                    .orElse(1);
        }
        return image instanceof ImageRecord.Failed failed && failed.outcome() == ImageRecord.Outcome.MODERATED ? 1 : 0;
    }

    private static void verdicts(Columns columns, Map<Question, Verdict> verdicts) {
        Optional<Verdict> usable = Optional.ofNullable(verdicts.get(Question.USABLE));
        columns.text(
                CohortTables.USABLE,
                usable.map(verdict -> verdict.value().map(value -> value.text()).orElse(CohortTables.TIE))
                        .orElse(""));
        columns.number(CohortTables.HUMAN_ADHERENCE, grade(verdicts, Question.ADHERENCE));
        columns.number(CohortTables.HUMAN_APPEAL, grade(verdicts, Question.APPEAL));
        columns.text(
                CohortTables.FLAWS,
                Optional.ofNullable(verdicts.get(Question.FLAWS))
                        .flatMap(Verdict::value)
                        .map(value -> value.text())
                        .orElse(""));
    }

    private static OptionalDouble grade(Map<Question, Verdict> verdicts, Question question) {
        Optional<Double> mean = Optional.ofNullable(verdicts.get(question)).flatMap(Verdict::meanGrade);
        return mean.isPresent() ? OptionalDouble.of(mean.get()) : OptionalDouble.empty();
    }

    private static OptionalDouble value(Map<String, Double> values, String id) {
        return values.containsKey(id) ? OptionalDouble.of(values.get(id)) : OptionalDouble.empty();
    }

    private static void labels(Columns columns, PromptRecord prompt) {
        columns.text(CohortTables.PROMPT, prompt.prompt().id().value());
        for (CohortAxis axis : CohortAxis.values()) {
            columns.text(axis.id(), prompt.prompt().label(axis));
        }
    }

    /** Columns that grow row by row; every row names the same columns. */
    private static final class Columns {

        private final Map<String, List<String>> texts = new LinkedHashMap<>();
        private final Map<String, List<OptionalDouble>> numbers = new LinkedHashMap<>();

        void text(String column, String value) {
            texts.computeIfAbsent(column, name -> new ArrayList<>()).add(value);
        }

        /** Differences of clock readings carry noise below the clock's microseconds; it is taken off. */
        void seconds(String column, OptionalDouble value) {
            number(column, value.isPresent() ? OptionalDouble.of(micros(value.getAsDouble())) : value);
        }

        void number(String column, OptionalDouble value) {
            numbers.computeIfAbsent(column, name -> new ArrayList<>()).add(value);
        }

        Table table(String name) {
            Table table = Table.create(name);
            texts.forEach((column, values) -> table.addColumns(StringColumn.create(column, values)));
            numbers.forEach((column, values) -> {
                DoubleColumn filled = DoubleColumn.create(column);
                for (OptionalDouble value : values) {
                    if (value.isPresent()) {
                        filled.append(value.getAsDouble());
                    } else {
                        filled.appendMissing();
                    }
                }
                table.addColumns(filled);
            });
            return table;
        }
    }
}
