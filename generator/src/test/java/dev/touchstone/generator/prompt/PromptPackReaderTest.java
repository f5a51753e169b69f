package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptPackReaderTest {

    private static final String FACE = """
            {"id":"p-001","text":"a smiling woman","workflow":"portrait-realism","style_family":"shaded",\
            "resolution_class":"square-64","user_type":"creator","rotation":"stable",\
            "asks":{"subject":"face","expression":"smiling"}}
            """;
    private static final String EDIT = """
            {"id":"p-002","text":"a red mug","negative":"blur","workflow":"edit-workflows","style_family":"flat",\
            "resolution_class":"square-96","user_type":"agency","rotation":"rotating",\
            "edit":{"mode":"recolor","pair":"edit-0001","instruction":"make the mug red"}}
            """;

    @TempDir
    Path packs;

    private Path folder() {
        return packs.resolve("p/1");
    }

    private void pack(String prompts) throws IOException {
        Files.createDirectories(folder());
        byte[] bytes = prompts.getBytes(StandardCharsets.UTF_8);
        Files.write(folder().resolve("prompts.jsonl"), bytes);
        Files.writeString(folder().resolve("pack.yaml"), """
                schema_version: 1
                id: p
                version: 1
                title: A pack
                licence: Apache-2.0
                digest: %s
                """.formatted(Sha256.of(bytes)));
    }

    private List<String> problems() {
        PackException thrown = catchThrowableOfType(PackException.class, () -> PromptPackReader.read(packs, "p", 1));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream()
                .map(problem -> problem.toString().replace(folder() + "/", ""))
                .toList();
    }

    private List<String> problems(String prompts) throws IOException {
        pack(prompts);
        return problems();
    }

    @Test
    void aReleasedPackIsReadWhole() throws IOException {
        pack(FACE + EDIT);

        PromptPack pack = PromptPackReader.read(packs, "p", 1);

        assertThat(pack.title()).isEqualTo("A pack");
        assertThat(pack.licence()).isEqualTo("Apache-2.0");
        assertThat(pack.digest()).isEqualTo(PromptPackReader.digest(folder().resolve("prompts.jsonl")));
        assertThat(pack.prompts()).hasSize(2);
        Prompt face = pack.prompts().get(0);
        assertThat(face.id()).hasToString("p-001");
        assertThat(face.asks()).isEqualTo(Map.of(Attribute.SUBJECT, "face", Attribute.EXPRESSION, "smiling"));
        assertThat(face.rotation()).isEqualTo(Rotation.STABLE);
        assertThat(face.label(CohortAxis.USER_TYPE)).isEqualTo("creator");
        assertThat(face.edit()).isEmpty();
        Prompt edit = pack.prompts().get(1);
        assertThat(edit.negative()).isEqualTo("blur");
        assertThat(edit.edit()).contains(new EditSpec(EditMode.RECOLOR, "edit-0001", "make the mug red"));
    }

    @Test
    void aRepeatedIdNamesItsFirstLine() throws IOException {
        assertThat(problems(FACE + EDIT + FACE))
                .containsExactly(
                        "prompts.jsonl:3: expected a unique prompt id, found \"p-001\" again (first at line 1)");
    }

    @Test
    void allProblemsOfAllLinesAreReportedAtOnce() throws IOException {
        assertThat(problems(FACE.replace("\"creator\"", "\"creater\"")
                        + EDIT.replace("\"pair\"", "\"pear\"").replace("recolor", "recolour")
                        + FACE.replace("p-001", "P 3").replace("\"smiling\"", "\"happy\"")
                        + "{\"id\": \"p-004\",,}\n"
                        + "\n"
                        + "[1]\n"
                        + FACE.replace("p-001", "p-007").replace("a smiling woman", " ")
                        + FACE.replace("p-001", "p-008").replace("a smiling woman", "a\\u0007b")
                        + FACE.replace("p-001", "p-009").replace("a smiling woman", "x".repeat(2001))
                        + FACE.replace("p-001", "p-010").replace("\"a smiling woman\"", "5")))
                .containsExactly(
                        "prompts.jsonl:1:125: user_type: expected one of creator, marketer, agency, developer, found"
                                + " \"creater\"; did you mean \"creator\"?",
                        "prompts.jsonl:2:176: edit.pair: expected this key, found none",
                        "prompts.jsonl:2:184: edit.mode: expected one of inpaint, background, recolor, variation, found"
                                + " \"recolour\"; did you mean \"recolor\"?",
                        "prompts.jsonl:2:202: edit.pear: expected one of the keys mode, pair, instruction, found this"
                                + " unknown key; did you mean \"pair\"?",
                        "prompts.jsonl:3:2: id: expected an id of a-z, 0-9 and -, at most 80 characters, starting with a"
                                + " letter or digit, found \"P 3\"",
                        "prompts.jsonl:3:190: asks.expression: expected one of smiling, neutral, surprised, sad, found"
                                + " \"happy\"",
                        "prompts.jsonl:4:16: expected valid JSON, found a mistake: Unexpected character (',' (code 44)):"
                                + " was expecting double-quote to start field ...",
                        "prompts.jsonl:5: expected a JSON object, found a blank line",
                        "prompts.jsonl:6: expected a JSON object, found [1]",
                        "prompts.jsonl:7:15: text: expected a text of one line, at most 2000 characters, found \" \"; it"
                                + " is blank",
                        "prompts.jsonl:8:15: text: expected a text of one line, at most 2000 characters, found"
                                + " \"a\\u0007b\"; character 2 is the control character U+0007",
                        "prompts.jsonl:9:15: text: expected a text of one line, at most 2000 characters, found \""
                                + "x".repeat(80) + "...\"; it has 2001 characters",
                        "prompts.jsonl:10:15: text: expected a text, found the number 5; put it in quotes to make it a"
                                + " text");
    }

    @Test
    void missingKeysAreNamed() throws IOException {
        assertThat(problems("{}\n"))
                .containsExactlyInAnyOrder(
                        "prompts.jsonl:1: id: expected this key, found none",
                        "prompts.jsonl:1: text: expected this key, found none",
                        "prompts.jsonl:1: workflow: expected this key, found none",
                        "prompts.jsonl:1: style_family: expected this key, found none",
                        "prompts.jsonl:1: resolution_class: expected this key, found none",
                        "prompts.jsonl:1: user_type: expected this key, found none",
                        "prompts.jsonl:1: rotation: expected this key, found none");
    }

    @Test
    void aPackThatChangedAfterItsReleaseIsRefused() throws IOException {
        pack(FACE);
        String released = PromptPackReader.digest(folder().resolve("prompts.jsonl"));
        Files.writeString(folder().resolve("prompts.jsonl"), FACE.replace("woman", "man"));
        String now = PromptPackReader.digest(folder().resolve("prompts.jsonl"));

        assertThat(problems())
                .containsExactly("pack.yaml:6:1: digest: expected " + now + ", the digest of prompts.jsonl, found \""
                        + released + "\"; a released pack never changes: restore "
                        + "prompts.jsonl, or make the change as version 2");
    }

    @Test
    void problemsOfBothFilesAreReportedTogether() throws IOException {
        pack(FACE + FACE);
        Path header = folder().resolve("pack.yaml");
        Files.writeString(
                header, Files.readString(header).replace("id: p", "id: q").replace("title", "tilte"));

        assertThat(problems()).hasSize(4).anyMatch(line -> line.startsWith("pack.yaml:2:1: id: expected one of p"));
    }

    @Test
    void aPackThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PromptPackReader.read(packs, "p", 2))
                .isInstanceOf(PackException.class)
                .hasMessage(packs.resolve("p/2") + ": expected the folder of prompt pack p/2, found none");
    }

    @Test
    void aPackIdCannotClimbOutOfItsFolder() {
        assertThatThrownBy(() -> PromptPackReader.read(packs, "../p", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEmptyPackIsRefused() throws IOException {
        assertThat(problems("")).containsExactly("prompts.jsonl: expected at least one prompt, found none");
    }

    @Test
    void packsOfOneRunShareNoPromptId() throws IOException {
        pack(FACE);
        PromptPack pack = PromptPackReader.read(packs, "p", 1);
        PromptPack other = new PromptPack("q", 3, "", "", "", "", pack.prompts());

        assertThatThrownBy(() -> PromptPackReader.requireUniqueIds(List.of(pack, other)))
                .isInstanceOf(PackException.class)
                .hasMessage("prompt pack q/3: expected prompt ids that are unique in the run, found \"p-001\", which is"
                        + " also in p/1");
    }

    @Test
    void whatIsWrittenIsReadBackAndNeverOverwritten() throws IOException {
        pack(FACE + EDIT);
        PromptPack pack = PromptPackReader.read(packs, "p", 1);
        Path elsewhere = packs.resolve("copies");

        PromptPack written = PromptPackWriter.write(elsewhere, pack);

        assertThat(written.prompts()).isEqualTo(pack.prompts());
        assertThat(PromptPackReader.read(elsewhere, "p", 1)).isEqualTo(written);
        assertThatThrownBy(() -> PromptPackWriter.write(elsewhere, pack))
                .isInstanceOf(PackException.class)
                .hasMessageEndingWith("a released pack never changes: use version 2");
        try (var files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(elsewhere.resolve("p"));
        }
    }
}
