package dev.touchstone.metrics.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.metrics.image.ImageFolder.Depth;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir
    Path folder;

    private void file(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
    }

    @Test
    void everythingThatIsNoImageIsNamedWithItsReason() throws IOException {
        file(
                "b.png",
                "a.JPG",
                "notes.txt",
                "Thumbs.db",
                ".preview.png",
                "._b.png",
                ".DS_Store",
                "sub/c.png",
                "no-ending");
        Files.createSymbolicLink(folder.resolve("dangling.png"), folder.resolve("nowhere.png"));
        Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("b.png"));

        ImageFolder found = ImageFolder.list(folder, Depth.FLAT);

        assertThat(found.images())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("a.JPG", "b.png", "link.png");
        assertThat(found.leftOut())
                .extracting(LeftOut::sentence)
                .containsExactly(
                        folder + ": left out 3 (.DS_Store, ._b.png, .preview.png): hidden",
                        folder + ": left out 3 (Thumbs.db, no-ending, notes.txt): without an image's ending",
                        folder + ": left out dangling.png: linked to nothing",
                        folder + ": left out sub: a folder, which is not searched");
        assertThat(found.illegible()).isEmpty();
    }

    @Test
    void subfoldersAreSearchedWhereAskedButHiddenOnes() throws IOException {
        file("b.png", "sub/c.png", "sub/deep/a.gif", ".git/x.png", "__MACOSX/._b.png", "sub/c.txt");

        ImageFolder found = ImageFolder.list(folder, Depth.WITH_SUBFOLDERS);

        assertThat(found.images())
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly("b.png", "sub/c.png", "sub/deep/a.gif");
        assertThat(found.leftOut())
                .extracting(LeftOut::sentence)
                .containsExactly(
                        folder + ": left out 2 (.git, __MACOSX/._b.png): hidden",
                        folder + ": left out sub/c.txt: without an image's ending");
    }

    @Test
    void ofManyOnlyTheFirstTenAreNamed() throws IOException {
        for (int i = 10; i < 35; i++) {
            file(i + ".txt");
        }
        LeftOut left = ImageFolder.list(folder, Depth.FLAT).leftOut().get(0);

        assertThat(left.count()).isEqualTo(25);
        assertThat(left.sentence())
                .contains("left out 25 (10.txt, ")
                .endsWith("19.txt and 15 more): without an image's ending");
    }

    @Test
    void aNameInTwoNormalFormsHasOneStem() {
        assertThat(FileNames.stem(Path.of("cafe\u0301.png"))).isEqualTo(FileNames.stem(Path.of("caf\u00e9.jpeg")));
    }
}
