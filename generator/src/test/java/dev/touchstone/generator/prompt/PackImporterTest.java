package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.touchstone.generator.prompt.PackImporter.ListFormat;
import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackImporterTest {

    private static final PromptPack HEADER =
            new PromptPack("mine", 1, "", "My prompts", "CC0-1.0", "A list \"of\" mine: with colons", List.of());
    private static final PromptLabels LABELS = new PromptLabels(
            Workflow.STYLISED_ART, "photo", ResolutionClass.SQUARE_96, UserType.DEVELOPER, Rotation.STABLE);

    @TempDir
    Path folder;

    private PromptPack importText(String text) throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), text);
        return PackImporter.importList(
                list, ListFormat.PLAIN_TEXT, folder.resolve("packs"), HEADER, category -> LABELS);
    }

    @Test
    void plainTextBecomesAPackThatReadsBack() throws IOException {
        PromptPack pack = importText("a bird in \"Paris\" & <more>\r\n\n  zwei Vögel 🐦 \n");

        assertThat(pack.prompts())
                .extracting(Prompt::text)
                .containsExactly("a bird in \"Paris\" & <more>", "zwei Vögel 🐦");
        assertThat(pack.prompts().get(0).label(CohortAxis.WORKFLOW)).isEqualTo("stylised-art");
        assertThat(pack.prompts().get(0).asks()).isEmpty();
        assertThat(pack.description()).isEqualTo("A list \"of\" mine: with colons");
        assertThat(PromptPackReader.read(folder.resolve("packs"), "mine", 1)).isEqualTo(pack);
    }

    @Test
    void byteOrderMarksAndInvisibleLinesAreNoPrompts() throws IOException {
        assertThat(importText("\ufeffa red cube\n\u200b\n\u00a0\u2060\n\u200bzwei V\u00f6gel\u00a0\n")
                        .prompts())
                .extracting(Prompt::text)
                .containsExactly("a red cube", "zwei V\u00f6gel");
    }

    @Test
    void aSignOutsideTheBasicPlaneIsOneCharacter() throws IOException {
        assertThat(importText("\ud83d\udc31".repeat(2_000) + "\n").prompts()).hasSize(1);
        Path longer = Files.writeString(folder.resolve("longer.txt"), "\ud83d\udc31".repeat(2_001));
        assertThatThrownBy(() -> PackImporter.importList(
                        longer, ListFormat.PLAIN_TEXT, folder.resolve("other"), HEADER, category -> LABELS))
                .hasMessageEndingWith("it has 2001 characters");
    }

    @Test
    void textOfAnotherEncodingIsToldByWhatItIs() throws IOException {
        Path wide = Files.write(folder.resolve("wide.txt"), "a bird\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> PackImporter.importList(
                        wide, ListFormat.PLAIN_TEXT, folder.resolve("packs"), HEADER, category -> LABELS))
                .hasMessageEndingWith(
                        "expected text in UTF-8, found UTF-16; save it as UTF-8, in a spreadsheet as \"CSV UTF-8\"");
    }

    private List<Prompt> importTable(String rows) throws IOException {
        Path list = Files.writeString(folder.resolve("list.tsv"), "\ufeffPrompt\tCategory\tChallenge\tNote\n" + rows);
        return PackImporter.importList(
                        list, ListFormat.PARTI_PROMPTS, folder.resolve("tables"), HEADER, LABELS::withStyleFamily)
                .prompts();
    }

    @Test
    void quotesThatASpreadsheetPutRoundFieldsComeOff() throws IOException {
        List<Prompt> prompts = importTable(
                "\"a sign that says \"\"HELLO\"\"\"\tArtifacts\tBasic\t\n" + "\"a cat, a dog\"\tAnimals\tBasic\t\n\n");
        assertThat(prompts).extracting(Prompt::text).containsExactly("a sign that says \"HELLO\"", "a cat, a dog");
    }

    @Test
    void quotesOfThePublishedListStay() throws IOException {
        List<Prompt> prompts = importTable(
                "\"G I G G L E\" painted on a wall\tArtifacts\tBasic\t\n\"a cat, a dog\"\tAnimals\tBasic\t\n");
        assertThat(prompts)
                .extracting(Prompt::text)
                .containsExactly("\"G I G G L E\" painted on a wall", "\"a cat, a dog\"");
    }

    /** Digests: {@code printf '%s' WORD | sha256sum} (GNU coreutils 9.1). */
    @Test
    void categoriesOfAnyScriptKeepTheirLabelsApart() throws IOException {
        List<Prompt> prompts =
                importTable("a\t\u4eba\u7269\tBasic\t\nb\t\u52a8\u7269\tBasic\t\nc\tCaf\u00e9 & Bar\tBasic\t\n"
                        + "d\tFood \u98df\tBasic\t\ne\t" + "very ".repeat(12)
                        + "one\tBasic\t\nf\t\uff26\uff4f\uff4f\uff44\tBasic\t\n");
        assertThat(prompts)
                .extracting(prompt -> prompt.label(CohortAxis.STYLE_FAMILY))
                .containsExactly(
                        "other-8d7aff",
                        "other-7ebb07",
                        "cafe-bar",
                        "food-5b2c22",
                        "very-very-very-very-very-very-ver-19051e",
                        "food");
    }

    /** {@code printf '%s' 'a bird' | sha256sum} starts with 9e5b3d5398 (GNU coreutils 9.1). */
    @Test
    void anIdFollowsFromTheTextAlone() throws IOException {
        PromptPack one = importText("a bird\na cat\n");
        PromptPack two = PackImporter.importList(
                Files.writeString(folder.resolve("more.txt"), "a dog\na cat\na bird\n"),
                ListFormat.PLAIN_TEXT,
                folder.resolve("packs2"),
                HEADER,
                category -> LABELS);

        assertThat(one.prompts().get(0).id().value()).isEqualTo("mine-9e5b3d5398");
        assertThat(two.prompts().get(2).id()).isEqualTo(one.prompts().get(0).id());
    }

    @Test
    void aBadListIsRefusedWholeAndNothingIsWritten() {
        assertThatThrownBy(() -> importText("fine\na\u0000b\n\nfine\n" + "x".repeat(2_001)))
                .isInstanceOf(PackException.class)
                .hasMessage("""
                        FILE:2: expected a text of one line, at most 2000 characters, found another; character 2 is the control character U+0000
                        FILE:4: expected each prompt once, found the prompt of line 1 again
                        FILE:5: expected a text of one line, at most 2000 characters, found another; it has 2001 characters""".replace("FILE", folder.resolve("list.txt").toString()));
        assertThat(folder.resolve("packs")).doesNotExist();
    }

    @Test
    void anEmptyOrMissingListIsRefused() {
        assertThatThrownBy(() -> importText("\n\n")).hasMessageEndingWith("expected at least one prompt, found none");
        assertThatThrownBy(() -> PackImporter.importList(
                        folder.resolve("none.tsv"), ListFormat.PARTI_PROMPTS, folder, HEADER, category -> LABELS))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("none.tsv: expected a readable file, found no such file");
    }

    @Test
    void otherTablesThanPartiPromptsAreRefused() throws IOException {
        Path list = Files.writeString(folder.resolve("list.tsv"), "text\tkind\na\tb\n");
        assertThatThrownBy(() ->
                        PackImporter.importList(list, ListFormat.PARTI_PROMPTS, folder, HEADER, category -> LABELS))
                .hasMessageContaining(
                        "list.tsv:1: expected the columns Prompt, Category, Challenge and Note with tabs");
        Files.writeString(list, "Prompt\tCategory\tChallenge\tNote\none\ttwo\n");
        assertThatThrownBy(() ->
                        PackImporter.importList(list, ListFormat.PARTI_PROMPTS, folder, HEADER, category -> LABELS))
                .hasMessageContaining("list.tsv:2: expected 4 fields between tabs, found 2 fields");
    }

    /** Counts by category: google-research/parti at 5a65797. */
    @Test
    void partiPromptsBecomeAPack() throws IOException {
        PromptPack pack = published("parti/PartiPrompts.tsv", ListFormat.PARTI_PROMPTS);

        assertThat(pack.prompts()).hasSize(1_632);
        assertThat(pack.prompts().stream()
                        .collect(Collectors.groupingBy(
                                prompt -> prompt.label(CohortAxis.STYLE_FAMILY), Collectors.counting())))
                .containsEntry("animals", 314L)
                .containsEntry("food-beverage", 74L)
                .containsEntry("indoor-scenes", 40L)
                .hasSize(12);
    }

    /** Counts by tag: djghosh13/geneval at af4902f. */
    @Test
    void genEvalPromptsBecomeAPack() throws IOException {
        PromptPack pack = published("geneval/evaluation_metadata.jsonl", ListFormat.GENEVAL);

        assertThat(pack.prompts()).hasSize(553);
        assertThat(pack.prompts().get(0).text()).isEqualTo("a photo of a bench");
        assertThat(pack.prompts().stream()
                        .collect(Collectors.groupingBy(
                                prompt -> prompt.label(CohortAxis.STYLE_FAMILY), Collectors.counting())))
                .containsEntry("color-attr", 100L)
                .containsEntry("two-object", 99L)
                .containsEntry("counting", 80L);
    }

    private PromptPack published(String name, ListFormat format) throws IOException {
        Path list = Path.of(System.getProperty("touchstone.home"))
                .resolve("../shared/data")
                .resolve(name);
        if (!Files.exists(list)) {
            list = Path.of(System.getProperty("touchstone.home"))
                    .resolve("../../shared/data")
                    .resolve(name);
        }
        assumeTrue(Files.exists(list), "the published list " + name + " is not beside the project");
        return PackImporter.importList(list, format, folder.resolve("packs"), HEADER, LABELS::withStyleFamily);
    }
}
