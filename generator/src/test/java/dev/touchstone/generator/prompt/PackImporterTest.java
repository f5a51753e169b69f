package dev.touchstone.generator.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.touchstone.generator.prompt.PackImporter.ListFormat;
import dev.touchstone.generator.prompt.Prompt.Rotation;
import dev.touchstone.generator.scene.Workflow;
import java.io.IOException;
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
                .hasMessageContaining("list.tsv:1: expected the columns Prompt, Category, Challenge and Note");
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
