package dev.touchstone.eval.label;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.generator.run.RunFolder;
import dev.touchstone.generator.run.RunId;
import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.file.CsvLine;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.file.JsonlReader;
import dev.touchstone.metrics.image.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads and writes {@code labels.jsonl} of a run, and exports its votes as a label file. */
public final class LabelStore {

    private final Path file;

    public LabelStore(RunFolder folder) {
        this.file = file(folder);
    }

    /** Where the labels of a run are. */
    public static Path file(RunFolder folder) {
        return folder.path().resolve("labels.jsonl");
    }

    /** @throws DataFileException if it cannot be written; the old file stays */
    public void write(Labels labels) {
        LabelCounts counts = labels.counts();
        ObjectNode first = Json.object()
                .put("schemaVersion", RunFolder.SCHEMA_VERSION)
                .put("runId", labels.runId().value())
                .put("imagesDigest", labels.imagesDigest())
                .put("current", counts.current())
                .put("superseded", counts.superseded())
                .put("stale", counts.stale())
                .put("matchedByFingerprint", counts.matchedByFingerprint())
                .put("verdicts", counts.verdicts())
                .put("ties", counts.ties());
        replace(
                file,
                Stream.of(
                                Stream.of(first),
                                labels.votes().stream().map(LabelStore::vote),
                                labels.verdicts().stream().map(LabelStore::verdict))
                        .flatMap(lines -> lines)
                        .map(line -> Json.line(line) + "\n"));
    }

    /**
     * The labels of a run; empty if there is no file yet.
     *
     * @throws DataFileException if a line is not a label, or the file was written by a newer version
     */
    public Optional<Labels> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<RecordedVote> votes = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        try (JsonlReader reader = JsonlReader.open(file)) {
            JsonRecord first = reader.next()
                    .map(JsonlReader.Line::json)
                    .orElseThrow(() -> new DataFileException(file + ": expected labels, found an empty file"));
            RunFolder.checkVersion(first);
            for (Optional<JsonlReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                JsonRecord json = line.get().json();
                switch (json.text("kind")) {
                    case "vote" -> votes.add(vote(json));
                    case "verdict" -> verdicts.add(verdict(json));
                    default -> throw json.wrong("kind", "vote or verdict", json.text("kind"));
                }
            }
            return Optional.of(new Labels(runId(first), first.text("imagesDigest"), votes, verdicts));
        }
    }

    /**
     * Writes the current votes as a label file that can be imported anywhere the same pictures are.
     *
     * @throws DataFileException if it cannot be written
     */
    public static void export(Labels labels, Path csv) {
        replace(csv, lines(labels));
    }

    /** The lines of a label file of the current votes, its header first, each with its end. */
    public static Stream<String> lines(Labels labels) {
        CsvLine header = new CsvLine();
        VoteFields.REQUIRED.forEach(header::text);
        VoteFields.OPTIONAL.forEach(header::text);
        return Stream.concat(
                Stream.of(header.end()),
                labels.votes().stream()
                        .filter(recorded -> recorded.status() == VoteStatus.CURRENT)
                        .map(recorded -> line(recorded.vote())));
    }

    private static String line(Vote vote) {
        CsvLine line = new CsvLine()
                .text(vote.image().toString())
                .text(vote.reviewer().name())
                .text(vote.answer().question().id())
                .text(vote.answer().text())
                .text(vote.castAt().toString());
        vote.seconds().ifPresentOrElse(line::number, line::empty);
        return line.text(vote.source())
                .text(vote.judged().sha256().orElse(""))
                .text(vote.judged().fingerprint().map(Fingerprint::hex).orElse(""))
                .end();
    }

    private static void replace(Path file, Stream<String> lines) {
        try {
            AtomicFile.write(file, out -> {
                for (String line : (Iterable<String>) lines::iterator) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                }
            });
        } catch (IOException e) {
            throw new DataFileException(file + ": expected to write it, found " + e, e);
        }
    }

    private static ObjectNode vote(RecordedVote recorded) {
        Vote vote = recorded.vote();
        ObjectNode json = Json.object()
                .put("kind", "vote")
                .put("imageId", vote.image().toString())
                .put("reviewer", vote.reviewer().name())
                .put("question", vote.answer().question().id())
                .put("value", vote.answer().text())
                .put("ts", vote.castAt().toString());
        vote.seconds().ifPresent(seconds -> json.put("seconds", seconds));
        json.put("source", vote.source());
        json.put("status", recorded.status().id());
        json.put("match", recorded.match().id());
        vote.judged().sha256().ifPresent(sha256 -> json.put("imageSha256", sha256));
        vote.judged().fingerprint().ifPresent(print -> json.put("fingerprint", print.hex()));
        return json;
    }

    private static ObjectNode verdict(Verdict verdict) {
        ObjectNode json = Json.object()
                .put("kind", "verdict")
                .put("imageId", verdict.image().toString())
                .put("question", verdict.question().id());
        verdict.value().ifPresent(value -> json.put("value", value.text()));
        json.put("votes", verdict.votes());
        json.put("for", verdict.agreeing());
        json.put("tie", verdict.tie());
        if (verdict.tie()) {
            ArrayNode tied = json.putArray("tied");
            verdict.tied().forEach(tied::add);
        }
        verdict.meanGrade().ifPresent(mean -> json.put("meanGrade", mean));
        return json;
    }

    private static RecordedVote vote(JsonRecord json) {
        Question question = question(json);
        try {
            Vote vote = new Vote(
                    ImageId.parse(json.text("imageId")),
                    Reviewer.of(json.text("reviewer")),
                    answer(json, question),
                    Instant.parse(json.text("ts")),
                    json.has("seconds") ? Optional.of(json.number("seconds")) : Optional.empty(),
                    json.text("source"),
                    new JudgedPicture(
                            json.optionalText("imageSha256"),
                            json.optionalText("fingerprint").map(Fingerprint::new)));
            VoteStatus status = Arrays.stream(VoteStatus.values())
                    .filter(s -> s.id().equals(json.node().path("status").asText()))
                    .findFirst()
                    .orElseThrow(() -> json.wrong("status", "the status of a vote", json.text("status")));
            PictureMatch match = Arrays.stream(PictureMatch.values())
                    .filter(m -> m.id().equals(json.node().path("match").asText()))
                    .findFirst()
                    .orElseThrow(() -> json.wrong("match", "how the pictures match", json.text("match")));
            return new RecordedVote(vote, status, match);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DataFileException(json.place() + ": " + e.getMessage(), e);
        }
    }

    private static Verdict verdict(JsonRecord json) {
        Question question = question(json);
        List<String> tied = new ArrayList<>();
        json.node().path("tied").forEach(value -> tied.add(value.asText()));
        try {
            return new Verdict(
                    ImageId.parse(json.text("imageId")),
                    question,
                    json.has("value") ? Optional.of(answer(json, question)) : Optional.empty(),
                    json.count("votes"),
                    json.count("for"),
                    tied,
                    json.has("meanGrade") ? Optional.of(json.number("meanGrade")) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new DataFileException(json.place() + ": " + e.getMessage(), e);
        }
    }

    private static Question question(JsonRecord json) {
        String id = json.text("question");
        return Arrays.stream(Question.values())
                .filter(question -> question.id().equals(id))
                .findFirst()
                .orElseThrow(() -> json.wrong("question", "one of " + String.join(", ", Question.ids()), id));
    }

    private static Answer answer(JsonRecord json, Question question) {
        return Answer.parse(question, json.text("value"))
                .orElseThrow(() -> json.wrong("value", Answer.form(question), json.text("value")));
    }

    private static RunId runId(JsonRecord json) {
        try {
            return new RunId(json.text("runId"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("runId", "a run id", json.text("runId"));
        }
    }
}
