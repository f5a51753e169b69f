package dev.touchstone.eval.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.generator.document.Problem;
import dev.touchstone.generator.run.ImageId;
import dev.touchstone.metrics.image.Fingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFileTest {

    private static final String HEADER = "image_id,reviewer,question,value,ts,seconds\n";
    private static final String DIGEST = "ab".repeat(32);
    private static final String FINGERPRINT = "0f".repeat(96);

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<Problem> problems(Path file) {
        LabelException exception = catchThrowableOfType(LabelException.class, () -> LabelFile.read(file));
        assertThat(exception).isNotNull();
        return exception.problems();
    }

    @Test
    void readsAllQuestionsOfACommaSeparatedFile() throws IOException {
        Path file = file(
                "labels.csv",
                "\uFEFF" + HEADER
                        + "pr-001.0,ann,usable,yes,2026-01-02T03:04:05Z,2.5\r\n"
                        + "pr-001.0,ann,adherence,4,2026-01-02T03:04:05+02:00,\n"
                        + "\n"
                        + "pr-001.1,\"bo, \"\"b\"\"\",flaws,melted-edges; text ,2026-01-02T03:04:05Z,1\n"
                        + "pr-001.1,ann,flaws,,2026-01-02T03:04:05Z,1");
        List<LocatedVote> votes = LabelFile.read(file);
        assertThat(votes).hasSize(4);
        assertThat(votes.get(0).vote())
                .isEqualTo(new Vote(
                        ImageId.parse("pr-001.0"),
                        Reviewer.of("ann"),
                        Answer.Usable.YES,
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Optional.of(2.5),
                        "native",
                        JudgedPicture.UNKNOWN));
        assertThat(votes.get(1).vote().answer()).isEqualTo(new Answer.Rating(Question.ADHERENCE, 4));
        assertThat(votes.get(1).vote().castAt()).isEqualTo(Instant.parse("2026-01-02T01:04:05Z"));
        assertThat(votes.get(2).vote().reviewer().name()).isEqualTo("bo, \"b\"");
        assertThat(votes.get(2).vote().answer())
                .isEqualTo(new Answer.Flaws(new TreeSet<>(List.of("melted-edges", "text"))));
        assertThat(votes.get(2).place().line()).isEqualTo(5);
        assertThat(votes.get(3).vote().answer()).isEqualTo(new Answer.Flaws(new TreeSet<>()));
    }

    @Test
    void readsThePictureThatWasJudged() throws IOException {
        Path file = file(
                "labels.csv",
                "fingerprint,image_sha256,source,ts,value,question,reviewer,image_id\n" + FINGERPRINT + "," + DIGEST
                        + ",studio,2026-01-02T03:04:05Z,no,usable,ann,pr-001.0\n");
        Vote vote = LabelFile.read(file).get(0).vote();
        assertThat(vote.judged())
                .isEqualTo(new JudgedPicture(Optional.of(DIGEST), Optional.of(new Fingerprint(FINGERPRINT))));
        assertThat(vote.source()).isEqualTo("studio");
        assertThat(vote.seconds()).isEmpty();
    }

    @Test
    void readsObjectsLineByLine() throws IOException {
        Path file = file(
                "labels.jsonl",
                "{\"image_id\":\"pr-001.0\",\"reviewer\":\"ann\",\"question\":\"appeal\",\"value\":3,"
                        + "\"ts\":\"2026-01-02T03:04:05Z\",\"seconds\":1.50}\n"
                        + "{\"image_id\":\"pr-001.0\",\"reviewer\":\"ann\",\"question\":\"flaws\","
                        + "\"value\":[\"text\",\"hands\"],\"ts\":\"2026-01-02T03:04:05Z\"}\n");
        List<LocatedVote> votes = LabelFile.read(file);
        assertThat(votes.get(0).vote().answer()).isEqualTo(new Answer.Rating(Question.APPEAL, 3));
        assertThat(votes.get(0).vote().seconds()).contains(1.5);
        assertThat(votes.get(1).vote().answer().text()).isEqualTo("hands;text");
    }

    @Test
    void saysEverythingThatIsWrongAtOnceWithItsLine() throws IOException {
        Path file = file(
                "labels.csv",
                HEADER
                        + "pr-001,ann,usable,yes,2026-01-02T03:04:05Z,1\n"
                        + "pr-001.0,,usable,maybe,yesterday,-1\n"
                        + "pr-001.0,ann,usabel,yes,2026-01-02T03:04:05Z,1\n"
                        + "pr-001.0,ann,usable,yes,2026-01-02T03:04:05Z\n"
                        + "pr-001.0,ann,adherence,6,2026-01-02T03:04:05Z,1\n");
        assertThat(problems(file))
                .extracting(
                        problem -> problem.toString().substring(file.toString().length()))
                .containsExactly(
                        ":2: image_id: expected <prompt id>.<index>, found \"pr-001\"",
                        ":3: reviewer: expected a name of 1 to 80 printable characters, found nothing",
                        ":3: value: expected yes or no for usable, found \"maybe\"",
                        ":3: ts: expected a time such as 2026-01-31T12:00:00Z, found \"yesterday\"",
                        ":3: seconds: expected a number of seconds, at least 0, found \"-1\"",
                        ":4: question: expected one of usable, adherence, appeal, flaws, found \"usabel\";"
                                + " did you mean \"usable\"?",
                        ":5: expected 6 fields as in the header, found 5",
                        ":6: value: expected a whole number from 1 to 5 for adherence, found \"6\"");
    }

    @Test
    void aHeaderMustNameTheColumns() throws IOException {
        Path file = file("labels.csv", "image_id,reviewer,question,valeu,reviewer,ts\n");
        assertThat(problems(file)).extracting(Problem::key).containsExactlyInAnyOrder("value", "valeu", "reviewer");
        assertThat(problems(file("empty.csv", ""))).hasSize(1);
    }

    @Test
    void aBrokenQuoteEndsTheReadingWhereItStarts() throws IOException {
        String good = "pr-001.0,a\"nn,usable,yes,2026-01-02T03:04:05Z,1\n";
        assertThat(LabelFile.read(file("plain.csv", HEADER + good))
                        .get(0)
                        .vote()
                        .reviewer()
                        .name())
                .isEqualTo("a\"nn");
        assertThat(problems(file("text.csv", HEADER + good + "pr-001.0,\"ann\"x,usable,yes,2026-01-02T03:04:05Z,1\n")))
                .extracting(problem -> problem.place().line())
                .containsExactly(3);
        assertThat(problems(file("open.csv", HEADER + good + good + "pr-001.0,\"ann\n,usable,yes,x,1\n")))
                .extracting(problem -> problem.place().line())
                .containsExactly(4);
    }

    @Test
    void readsTablesAsSpreadsheetsWriteThem() throws IOException {
        List<Vote> expected = LabelFile.read(file("plain.csv", """
                        image_id,reviewer,question,value,ts,seconds
                        pr-001.0,ann,adherence,4,2026-01-02T00:00:00Z,1.5
                        pr-001.0,ann,usable,yes,2026-01-02T03:04:00Z,
                        pr-001.0,bo,flaws,hands;text,2026-01-02T03:04:05Z,
                        """)).stream()
                .map(LocatedVote::vote)
                .toList();
        for (String table : List.of(
                "\uFEFFsep=;\nImage_ID;Reviewer;Question;Value;TS;Seconds;;\n"
                        + "pr-001.0;ann;adherence;4,0;2026-01-02;1,5;;\n;;;;;;;\n"
                        + "pr-001.0;ann\u00a0;Usable;Yes;02.01.2026 03:04;;;\n"
                        + "pr-001.0;bo;flaws;\"Hands;Text\";2026-01-02 03:04:05;;;\n;;;;;;;\n",
                "image_id\treviewer\tquestion\tvalue\tts\tseconds\n"
                        + "pr-001.0\tann\tadherence\t4.0\t2026-01-02 00:00\t1.5\n"
                        + "pr-001.0\t\u200bann\tusable\tTRUE\t2026/1/2 3:04\t\n"
                        + "pr-001.0\tbo\tflaws\thands, text\t2026-01-02T05:04:05+02:00\t\n")) {
            for (String name : List.of("table.csv", "table.tsv")) {
                assertThat(LabelFile.read(file(name, table)).stream().map(LocatedVote::vote))
                        .as(table)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void timesThatCanBeMeantInTwoWaysAreNotGuessed() throws IOException {
        assertThat(problems(file(
                        "labels.csv",
                        HEADER + "pr-001.0,ann,usable,yes,01/02/2026 10:00,1\n"
                                + "pr-001.0,ann,usable,yes,46024.5,1\npr-001.0,ann,usable,yes,2026-02-30,1\n")))
                .extracting(Problem::hint)
                .containsExactly(
                        "day and month may be meant either way round: write the year first",
                        "a spreadsheet's number of a day: format the column as text",
                        "");
    }

    @Test
    void anotherKindOfFileIsToldOnce() throws IOException {
        String mturk = "HITId,HITTypeId,Title,Description,Keywords,Reward\n" + "1,2,3,4,5,6\n".repeat(50);
        assertThat(problems(file("mturk.csv", mturk))).hasSize(1);
        assertThat(problems(file("lines.csv", "{\"image_id\":\"pr-001.0\",\"a\":1,\"b\":2,\"c\":3}\n".repeat(50))))
                .hasSize(1);
        assertThat(problems(file("table.jsonl", HEADER.repeat(50)))).hasSize(1);
        Path wide = Files.write(folder.resolve("wide.csv"), HEADER.getBytes(StandardCharsets.UTF_16LE));
        assertThat(problems(wide)).hasSize(1);
    }

    @Test
    void readingStopsWhereMistakesAreWithoutEnd() throws IOException {
        Path file = file("labels.csv", HEADER + "x\n".repeat(100_000));
        assertThat(problems(file)).hasSize(201);
    }

    @Test
    void anEndlessNumberIsRefusedAsItIs() throws IOException {
        Path file = file(
                "labels.jsonl",
                "{\"image_id\":\"pr-001.0\",\"reviewer\":\"ann\",\"question\":\"usable\",\"value\":\"yes\","
                        + "\"ts\":\"2026-01-02T03:04:05Z\",\"seconds\":1e999999999}\n");
        assertThat(problems(file)).extracting(Problem::key).containsExactly("seconds");
    }

    @Test
    void oneReviewerIsOneHoweverTheNameIsTyped() {
        Reviewer anna = Reviewer.of("Ann\u00e9 Stra\u00dfe");
        for (String typed : List.of(
                " ann\u00e9 stra\u00dfe",
                "Ann\u00e9\u00a0STRASSE\u00a0",
                "An\u200bne\u0301  Stra\u00dfe\ufeff",
                "\uff21nn\u00e9\u3000Stra\u00dfe")) {
            assertThat(Reviewer.of(typed)).as(typed).isEqualTo(anna).isEqualByComparingTo(anna);
            assertThat(Reviewer.of(typed)).hasSameHashCodeAs(anna);
        }
        assertThat(Reviewer.of("anne stra\u00dfe")).isNotEqualTo(anna);
        assertThatThrownBy(() -> Reviewer.of("\u200b\u00a0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void brokenObjectsAreReportedWithTheirLine() throws IOException {
        Path file = file("labels.jsonl", "{\"image_id\":}\n[1]\n{\"image_id\":\"pr-001.0\",\"rewiever\":\"ann\"}\n");
        assertThat(problems(file)).extracting(problem -> problem.place().line()).startsWith(1, 2, 3);
        assertThat(problems(file))
                .anySatisfy(problem -> assertThat(problem.hint()).contains("reviewer"));
    }

    @Test
    void refusesFilesThatAreNoLabels() throws IOException {
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, (HEADER + "é").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems(latin)).extracting(Problem::expected).containsExactly("text in UTF-8");
        assertThatThrownBy(() -> LabelFile.read(folder.resolve("none.csv"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> LabelFile.read(file("labels.xls", ""))).hasMessageContaining(".csv, .tsv or .jsonl");
    }
}
