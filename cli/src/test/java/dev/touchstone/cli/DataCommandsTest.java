package dev.touchstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** golden, packs, scenes and weights. */
class DataCommandsTest {

    @TempDir
    Path folder;

    private Path image(String name, int level) throws IOException {
        byte[] rgb = new byte[16 * 16 * 3];
        Arrays.fill(rgb, (byte) level);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        PngFile.write(file, new RgbImage(16, 16, rgb));
        return file;
    }

    private Streams golden(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--library";
        all[arguments.length + 1] = folder.resolve("golden").toString();
        return Streams.of(all);
    }

    private Streams add() throws IOException {
        image("photos/a.png", 10);
        image("photos/b.png", 200);
        return golden(
                "golden",
                "add",
                folder.resolve("photos").toString(),
                "--id",
                "photos",
                "--version",
                "1",
                "--licence",
                "CC0-1.0",
                "--source",
                "a drawer",
                "--json");
    }

    @Test
    void aFolderBecomesAGoldenDatasetThatIsListedAndVerified() throws IOException {
        Streams added = add();

        assertThat(added.status()).as(added.err()).isZero();
        assertThat(Json.parse("answer", added.out()).count("images")).isEqualTo(2);
        assertThat(golden("golden", "list").out()).contains("photos/1").contains("built");
        Streams verified = golden("golden", "verify", "photos/1", "--json");
        assertThat(verified.status()).isZero();
        assertThat(verified.out()).contains("\"valid\":true");
    }

    @Test
    void everyProblemOfAGoldenDatasetIsTold() throws IOException {
        add();
        Path images = folder.resolve("golden/photos/1/images");
        Files.write(images.resolve("a.png"), new byte[] {1, 2, 3});
        Files.write(images.resolve("extra.png"), new byte[] {1});

        Streams verified = golden("golden", "verify", "photos/1");

        assertThat(verified.status()).isEqualTo(2);
        assertThat(verified.err()).contains("a.png").contains("extra.png").contains("2 problems");
    }

    @Test
    void aDatasetThatIsNotThereIsToldWithThoseThatAre() throws IOException {
        add();

        Streams verified = golden("golden", "verify", "fotos/1");

        assertThat(verified.status()).isEqualTo(2);
        assertThat(verified.err()).contains("expected a golden dataset fotos/1, found only photos/1");
        assertThat(golden("golden", "verify", "photos").err()).contains("expected ID/VERSION");
    }

    @Test
    void aListOfPromptsBecomesAPackOnce() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "a red cup\n\na blue cup\n");
        String[] command = {
            "packs",
            "import",
            list.toString(),
            "--format",
            "plain",
            "--id",
            "cups",
            "--version",
            "1",
            "--library",
            folder.resolve("packs").toString()
        };

        Streams imported = Streams.of(command);

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("cups/1: 2 prompts");
        assertThat(Streams.of(command).err()).contains("expected a version that is not released yet");
        Streams valid = Streams.of(
                "packs",
                "validate",
                "--json",
                "--library",
                folder.resolve("packs").toString());
        assertThat(valid.out()).contains("\"valid\":true").contains("\"prompts\":2");
    }

    @Test
    void thePacksThatShipAreValidAndAWrongNameIsAnswered() {
        Streams all = Streams.of("packs", "validate", "--json");
        assertThat(all.status()).as(all.err()).isZero();
        assertThat(Json.parse("answer", all.out()).count("prompts")).isPositive();
        assertThat(Streams.of("packs", "list").out()).contains("portrait-realism/1");

        Streams wrong = Streams.of("packs", "validate", "portrait-realism/2");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("expected all or one of").contains("portrait-realism/1");
    }

    @Test
    void scenesAreRenderedIntoAShard() {
        Path out = folder.resolve("scenes");

        Streams rendered = Streams.of(
                "scenes", "render", out.toString(), "--count", "3", "--size", "16x24", "--threads", "1", "--quiet");

        assertThat(rendered.status()).as(rendered.err()).isZero();
        JsonRecord shard = Json.read(out.resolve("shard.json"));
        assertThat(shard.count("count")).isEqualTo(3);
        assertThat(Streams.of("scenes", "render", out.toString(), "--size", "big")
                        .err())
                .contains("expected WIDTHxHEIGHT");
        assertThat(Streams.of("scenes", "render", out.toString(), "--count", "0")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void aFileThatIsNoPublishedNetworkIsRefused() throws IOException {
        Path junk = Files.writeString(folder.resolve("alex.pth"), "junk");
        String store = folder.resolve("weights").toString();

        Streams refused = Streams.of("weights", "import", junk.toString(), "--store", store);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("alex.pth").doesNotContain("\tat ");
        assertThat(Streams.of("weights", "import", folder.resolve("none").toString(), "--store", store)
                        .err())
                .contains("found nothing at this path");
        assertThat(Streams.of("weights", "list", "--store", store).out())
                .contains("inception-v3")
                .contains("not imported");
    }

    @Test
    void aGroupWithoutACommandNamesItsCommands() {
        Streams streams = Streams.of("golden");

        assertThat(streams.status()).isEqualTo(2);
        assertThat(streams.err()).contains("expected one of list, build, add, verify, found none");
    }
}
