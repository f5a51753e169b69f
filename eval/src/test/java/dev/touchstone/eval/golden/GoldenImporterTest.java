package dev.touchstone.eval.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.eval.golden.ImportSettings.Sizing;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.image.ImageFolder.LeftOut;
import dev.touchstone.metrics.image.ResampleFilter;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenImporterTest {

    @TempDir
    Path folder;

    private Path images;
    private GoldenLibrary library;

    @BeforeEach
    void folders() throws IOException {
        images = Files.createDirectories(folder.resolve("mine"));
        library = new GoldenLibrary(folder.resolve("golden-datasets"));
    }

    private GoldenDataset add(Sizing sizing) throws IOException {
        return imported(sizing).dataset();
    }

    private GoldenImporter.Imported imported(Sizing sizing) throws IOException {
        return GoldenImporter.add(
                images,
                library,
                new ImportSettings("mine", 1, "Mine", "private", "my camera", sizing, Workflow.MARKETING_ASSETS),
                GoldenProgress.SILENT);
    }

    private static RgbImage picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        return new RgbImage(width, height, rgb);
    }

    private void png(String name, RgbImage image) throws IOException {
        Files.createDirectories(images.resolve(name).getParent());
        PngFile.write(images.resolve(name), image);
    }

    @Test
    void aFolderOfImagesBecomesADatasetThatVerifies() throws IOException {
        png("portrait-realism/a b.png", picture(20, 30));
        png("other/deep/b.png", picture(5, 6));
        ImageIO.write(
                new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB),
                "jpg",
                images.resolve("c.JPG").toFile());
        Files.writeString(images.resolve(".DS_Store"), "nothing of interest");

        GoldenDataset dataset = add(new Sizing.Original());

        assertThat(GoldenVerifier.verify(dataset.folder(), GoldenProgress.SILENT))
                .isEmpty();
        assertThat(dataset.images())
                .extracting(GoldenImage::file)
                .containsExactly("images/c.png", "images/other/deep/b.png", "images/portrait-realism/a b.png");
        assertThat(dataset.images())
                .extracting(GoldenImage::workflow)
                .containsExactly("marketing-assets", "marketing-assets", "portrait-realism");
        assertThat(PngFile.read(dataset.file(dataset.images().get(2))).rgb())
                .isEqualTo(picture(20, 30).rgb());
        assertThat(dataset.header().preprocessing())
                .isEqualTo(new DatasetHeader.Preprocessing("original", "none", "srgb-8bit"));
        assertThat(library.list())
                .extracting(listed -> listed.header().release())
                .containsExactly("mine/1");
        assertThat(library.open("mine", 1, GoldenProgress.SILENT).header()).isEqualTo(dataset.header());
    }

    @Test
    void imagesAreResizedAsAskedAndTheDatasetSaysSo() throws IOException {
        png("a.png", picture(100, 50));

        GoldenDataset dataset = add(new Sizing.Resized(64, 32, ResampleFilter.BICUBIC));

        RgbImage stored = PngFile.read(dataset.file(dataset.images().get(0)));
        assertThat(stored.widthPixels()).isEqualTo(64);
        assertThat(stored.heightPixels()).isEqualTo(32);
        assertThat(dataset.header().preprocessing())
                .isEqualTo(new DatasetHeader.Preprocessing("64x32", "bicubic", "srgb-8bit"));
    }

    @Test
    void everyUnusableImageIsNamedAndNothingIsWritten() throws IOException {
        png("good.png", picture(8, 8));
        byte[] png = PngFile.encode(picture(40, 40));
        Files.write(images.resolve("torn.png"), Arrays.copyOf(png, png.length / 2));
        Files.write(images.resolve("bomb.png"), resized(png, 30_000, 30_000));
        Files.writeString(images.resolve("text.png"), "hello");
        Files.write(images.resolve("good.gif"), png);
        Files.createSymbolicLink(images.resolve("link.png"), images.resolve("good.png"));

        GoldenException thrown = catchThrowableOfType(GoldenException.class, () -> add(new Sizing.Original()));

        assertThat(thrown.problems())
                .extracting(problem ->
                        images.relativize(Path.of(problem.place().file())).toString())
                .containsExactly("bomb.png", "good.png", "link.png", "text.png", "torn.png");
        assertThat(thrown.getMessage())
                .contains("bomb.png: expected ")
                .contains("30000 x 30000")
                .contains("good.png: expected a name of its own without the ending, found the name of ")
                .contains("link.png: expected a file, found a link or device")
                .contains("torn.png: expected ");
        assertThat(folder.resolve("golden-datasets/mine")).isEmptyDirectory();
    }

    @Test
    void whatIsNoImageIsLeftOutAndSaid() throws IOException {
        png("a.png", picture(8, 8));
        png("deep/b.png", picture(8, 8));
        png("._a.png", picture(8, 8));
        png(".cache/c.png", picture(8, 8));
        Files.writeString(images.resolve("Thumbs.db"), "x");
        Files.writeString(images.resolve("deep/.DS_Store"), "x");

        GoldenImporter.Imported imported = imported(new Sizing.Original());

        assertThat(imported.dataset().images())
                .extracting(GoldenImage::file)
                .containsExactly("images/a.png", "images/deep/b.png");
        assertThat(imported.leftOut())
                .extracting(LeftOut::sentence)
                .containsExactly(
                        images + ": left out 3 (._a.png, .cache, deep/.DS_Store): hidden",
                        images + ": left out Thumbs.db: without an image's ending");
    }

    @Test
    void oneNameInTwoNormalFormsIsOneName() throws IOException {
        png("caf\u00e9.png", picture(8, 8));
        png("cafe\u0301.png", picture(8, 8));

        assertThatThrownBy(() -> add(new Sizing.Original()))
                .isInstanceOf(GoldenException.class)
                .hasMessageContaining("expected a name of its own without the ending, found the name of ");
    }

    @Test
    void aReleasedVersionIsNeverReplaced() throws IOException {
        png("a.png", picture(8, 8));
        add(new Sizing.Original());

        assertThatThrownBy(() -> add(new Sizing.Original()))
                .isInstanceOf(GoldenException.class)
                .hasMessageEndingWith("a released dataset never changes: use version 2");
    }

    @Test
    void anEmptyOrMissingFolderIsRefused() {
        assertThatThrownBy(() -> add(new Sizing.Original()))
                .hasMessage(images + ": expected at least one image, found none");
        images = folder.resolve("none");
        assertThatThrownBy(() -> add(new Sizing.Original()))
                .hasMessage(images + ": expected a folder of images, found none");
    }

    private static byte[] resized(byte[] png, int width, int height) {
        byte[] changed = png.clone();
        CRC32 check = new CRC32();
        ByteBuffer.wrap(changed).putInt(16, width).putInt(20, height);
        check.update(changed, 12, 17);
        ByteBuffer.wrap(changed).putInt(29, (int) check.getValue());
        return changed;
    }
}
