package dev.touchstone.metrics.image.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.metrics.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        for (int seed = 0; seed < 30; seed++) {
            RgbImage image = picture(seed, 1 + seed * 3, 1 + (seed * 7) % 40);

            RgbImage back = PngFile.decode("p.png", PngFile.encode(image));

            assertThat(back.rgb()).as("seed %d", seed).isEqualTo(image.rgb());
            assertThat(back.widthPixels()).isEqualTo(image.widthPixels());
        }
    }

    @Test
    void anotherDecoderSeesTheSamePixels() throws IOException {
        RgbImage image = picture(3, 37, 21);

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(PngFile.encode(image)));

        assertThat(RgbImage.of(seen).rgb()).isEqualTo(image.rgb());
    }

    /** Sealed on OpenJDK 17, linux-x86_64; the deflater is Java and the filters are integer arithmetic. */
    @Test
    void theBytesAreTheSameOnEveryMachine() throws Exception {
        byte[] png = PngFile.encode(picture(7, 64, 64));

        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(png));

        assertThat(digest).isEqualTo("7483c36cbd3af6f4ffca3aabf81ec2f65f9ffe42b239a576374281e75e1f107b");
    }

    @Test
    void largeImagesSpanSeveralChunks() {
        RgbImage image = noise(5, 400, 300);

        byte[] png = PngFile.encode(image);

        assertThat(png.length).isGreaterThan(4 << 16);
        assertThat(PngFile.decode("p.png", png).rgb()).isEqualTo(image.rgb());
    }

    @Test
    void interlacedFilesOfAnotherWriterAreRead() throws IOException {
        RgbImage image = picture(11, 23, 13);

        assertThat(PngFile.decode("p.png", foreign(image.toBufferedImage(), true))
                        .rgb())
                .isEqualTo(image.rgb());
    }

    @Test
    void greyPaletteAndBitmapFilesAreRead() throws IOException {
        for (int type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_INT_ARGB
        }) {
            for (boolean interlaced : new boolean[] {false, true}) {
                BufferedImage source = new BufferedImage(19, 11, type);
                for (int x = 0; x < 19; x++) {
                    for (int y = 0; y < 11; y++) {
                        int grey = (x + y) % 2 == 0 ? 0 : 255;
                        source.setRGB(x, y, 0xff000000 | grey << 16 | grey << 8 | grey);
                    }
                }

                RgbImage read = PngFile.decode("p.png", foreign(source, interlaced));

                for (int x = 0; x < 19; x++) {
                    for (int y = 0; y < 11; y++) {
                        assertThat(read.sample(x, y, 1))
                                .as("type %d, interlaced %b, %d, %d", type, interlaced, x, y)
                                .isEqualTo((x + y) % 2 == 0 ? 0 : 255);
                    }
                }
            }
        }
    }

    @Test
    void everyTruncationIsRefusedAndNamed() {
        byte[] png = PngFile.encode(picture(1, 16, 16));

        for (int length = 0; length < png.length; length++) {
            byte[] torn = Arrays.copyOf(png, length);
            assertThatThrownBy(() -> PngFile.decode("faces/a.png", torn))
                    .as("first %d bytes", length)
                    .isInstanceOf(ImageFileException.class)
                    .hasMessageStartingWith("faces/a.png: expected");
        }
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] png = PngFile.encode(picture(1, 8, 8));

        for (int at = 0; at < png.length; at++) {
            byte[] damaged = png.clone();
            damaged[at] ^= 0x10;
            assertThatThrownBy(() -> PngFile.decode("a.png", damaged))
                    .as("byte %d", at)
                    .isInstanceOf(ImageFileException.class);
        }
    }

    @Test
    void anImageOfThirtyThousandPixelsASideIsRefusedBeforeAnythingIsAllocated() {
        byte[] bomb = resized(PngFile.encode(picture(1, 8, 8)), 30_000, 30_000);

        assertThatThrownBy(() -> PngFile.decode("bomb.png", bomb))
                .isInstanceOf(ImageFileException.class)
                .hasMessage("bomb.png: expected an image of at most 16384 pixels a side and 33554432 in all, found"
                        + " 30000 x 30000");
    }

    @Test
    void aHeaderThatPromisesMoreRowsThanThereAreIsRefused() {
        byte[] short8 = resized(PngFile.encode(picture(1, 8, 8)), 8, 9);

        assertThatThrownBy(() -> PngFile.decode("a.png", short8))
                .hasMessage("a.png: expected pixels for 9 rows, found fewer");
    }

    @Test
    void otherContentsAreRefused() throws IOException {
        Path file = folder.resolve("a.png");
        Files.writeString(file, "GIF89a and so on");

        assertThatThrownBy(() -> PngFile.read(file))
                .isInstanceOf(ImageFileException.class)
                .hasMessage(file + ": expected a PNG file, found other contents");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> PngFile.read(folder.resolve("none.png")))
                .isInstanceOf(ImageFileException.class)
                .hasMessageContaining("none.png: expected a readable file, found");
    }

    @Test
    void writingReplacesWholeFilesAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.png");
        PngFile.write(file, picture(1, 9, 9));
        PngFile.write(file, picture(2, 9, 9));

        assertThat(PngFile.read(file).rgb()).isEqualTo(picture(2, 9, 9).rgb());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderThatDoesNotExistIsAnErrorAndLeavesNothing() {
        assertThatThrownBy(() -> PngFile.write(folder.resolve("none/a.png"), picture(1, 2, 2)))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** Smooth with some structure, so that every filter is taken somewhere. */
    private static RgbImage picture(int seed, int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Random random = new Random(seed);
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            int value = i % 3 == 0 ? x * 5 : i % 3 == 1 ? y * 9 : x * y;
            rgb[i] = (byte) (y % 5 == 4 ? random.nextInt(256) : value + random.nextInt(2));
        }
        return new RgbImage(width, height, rgb);
    }

    private static RgbImage noise(int seed, int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        new Random(seed).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static byte[] foreign(BufferedImage image, boolean interlaced) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setProgressiveMode(interlaced ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(
                    writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), settings),
                    new IIOImage(image, null, null),
                    settings);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    /** The file with another size in its header, checksum corrected. */
    private static byte[] resized(byte[] png, int width, int height) {
        byte[] changed = png.clone();
        ByteBuffer view = ByteBuffer.wrap(changed);
        view.putInt(16, width).putInt(20, height);
        CRC32 check = new CRC32();
        check.update(changed, 12, 17);
        view.putInt(29, (int) check.getValue());
        return changed;
    }
}
