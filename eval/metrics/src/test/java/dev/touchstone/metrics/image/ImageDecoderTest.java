package dev.touchstone.metrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected pixels: Pillow 9.4.0, written by {@code .ci/reference/decode.py}. */
class ImageDecoderTest {

    private final ImageDecoder decoder = new ImageDecoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "rgba.png",
                "grey.png",
                "grey-alpha.png",
                "palette.png",
                "palette-transparent.png",
                "bilevel.png",
                "grey-2.png",
                "grey-4.png",
                "rgb-16.png",
                "grey-16.png",
                "palette.gif",
                "rgb.bmp",
                "grey.bmp",
                "rgb.tiff",
                "lzw.tiff",
                "grey.tiff",
                "lossless.webp"
            })
    void losslessFilesEqualPillow(String name) throws IOException {
        assertThat(difference(decoder.decode(bytes(name), name), expected(name)))
                .isZero();
    }

    /** The filters as the PNG specification, section 9, writes them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void everyFilterIsUndoneAsSpecified(int filter) throws IOException {
        int width = 61;
        int height = 40;
        int line = 3 * width;
        byte[] filtered = new byte[height * (line + 1)];
        new Random(filter).nextBytes(filtered);
        byte[] expected = new byte[height * line];
        for (int y = 0; y < height; y++) {
            filtered[y * (line + 1)] = (byte) filter;
            for (int x = 0; x < line; x++) {
                int a = x < 3 ? 0 : expected[y * line + x - 3] & 0xff;
                int b = y == 0 ? 0 : expected[(y - 1) * line + x] & 0xff;
                int c = x < 3 || y == 0 ? 0 : expected[(y - 1) * line + x - 3] & 0xff;
                int p = a + b - c;
                int nearest = Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c)
                        ? a
                        : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
                int predicted = new int[] {0, a, b, (a + b) / 2, nearest}[filter];
                expected[y * line + x] = (byte) (filtered[y * (line + 1) + x + 1] + predicted);
            }
        }

        RgbImage image = decoder.decode(png(width, height, filtered), "filtered.png");

        assertThat(image.rgb()).isEqualTo(expected);
    }

    private static byte[] png(int width, int height, byte[] filtered) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(filtered);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes("rgb.png"), 0, 8);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        chunk(out, "IHDR", header);
        chunk(out, "IDAT", deflated.toByteArray());
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, data.length + 4);
        out.writeBytes(chunk.putInt((int) sum.getValue()).array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "grey.jpg", "cmyk.jpg", "turned.jpg"})
    void jpegFilesEqualPillow(String name) throws IOException {
        assertThat(difference(decoder.decode(bytes(name), name), expected(name)))
                .isZero();
    }

    @Test
    void cameraOrientationIsAppliedOnlyWhenAsked() throws IOException {
        RgbImage stored = decoder.decode(bytes("turned.jpg"), "turned.jpg");
        RgbImage shown =
                new ImageDecoder(DecodeLimits.DEFAULT, Orientation.AS_SHOWN).decode(bytes("turned.jpg"), "turned.jpg");

        assertThat(shown.widthPixels()).isEqualTo(stored.heightPixels());
        // Orientation 6: the first stored row is the right column of what is shown.
        for (int x = 0; x < stored.widthPixels(); x++) {
            assertThat(shown.sample(shown.widthPixels() - 1, x, 0)).isEqualTo(stored.sample(x, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void turningForthAndBackIsNoTurn(int value) {
        byte[] rgb = new byte[2 * 3 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) i;
        }
        int back = value == 6 ? 8 : value == 8 ? 6 : value;
        RgbImage image = new RgbImage(2, 3, rgb);
        assertThat(image.turned(value).turned(back).rgb()).isEqualTo(rgb);
    }

    @Test
    void aBombIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] bomb = bytes("rgb.png");
        ByteBuffer.wrap(bomb).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 sum = new CRC32();
        sum.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) sum.getValue());

        assertThatThrownBy(() -> decoder.decode(bomb, "bomb.png"))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessage("bomb.png: expected at most 64000000 pixels, found 100000 x 100000 = 10000000000;"
                        + " nothing was decoded, raise the limit to read it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg", "palette.gif", "rgb.bmp", "rgb.tiff", "lossless.webp"})
    void sizeLimitsHoldInEveryFormat(String name) throws IOException {
        byte[] bytes = bytes(name);
        ImageDecoder small = new ImageDecoder(new DecodeLimits(13 * 9 - 1, 1 << 20), Orientation.AS_STORED);
        assertThatThrownBy(() -> small.decode(bytes, name))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageContaining("found 13 x 9 = 117");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg", "palette.gif", "rgb.bmp", "rgb.tiff", "lossless.webp"})
    void aTruncatedFileIsNamed(String name) throws IOException {
        byte[] bytes = bytes(name);
        for (int length : new int[] {9, 20, bytes.length / 2}) {
            assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(bytes, length), "half-" + name))
                    .as("%d bytes", length)
                    .isInstanceOf(ImageDecodeException.class)
                    .hasMessageStartingWith("half-" + name + ": expected");
        }
    }

    @Test
    void aFlippedBitInAPngIsFound() throws IOException {
        byte[] bytes = bytes("rgb.png");
        bytes[60] ^= 4;
        assertThatThrownBy(() -> decoder.decode(bytes, "bent.png"))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageContaining("wrong check sum");
    }

    @Test
    void aPngThatEndsBehindItsLastPixelIsReadAsPillowReadsIt() throws IOException {
        byte[] bytes = bytes("rgb.png");
        byte[] withoutEnd = Arrays.copyOf(bytes, bytes.length - 12);
        assertThat(decoder.decode(withoutEnd, "cut.png").rgb())
                .isEqualTo(decoder.decode(bytes, "rgb.png").rgb());
        assertThatThrownBy(() -> decoder.decode(Arrays.copyOf(bytes, bytes.length - 13), "short.png"))
                .hasMessageStartingWith("short.png: expected a whole PNG file, found one that is truncated at byte ");
    }

    @Test
    void emptyMissingAndForeignFilesAreNamed(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.png"));
        Path text = Files.writeString(folder.resolve("text.png"), "hello");
        assertThatThrownBy(() -> decoder.decode(empty)).hasMessage(empty + ": expected an image, found an empty file");
        assertThatThrownBy(() -> decoder.decode(text)).hasMessageContaining("found a text file");
        assertThatThrownBy(() -> decoder.decode(folder.resolve("none.png")))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageContaining("none.png: expected a readable image file, found NoSuchFileException");
    }

    @ParameterizedTest
    @MethodSource("foreignFiles")
    void foreignFilesAreNamedForWhatTheyAre(String contents, String name) {
        assertThatThrownBy(() -> decoder.decode(contents.getBytes(StandardCharsets.ISO_8859_1), "x.png"))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageStartingWith("x.png: expected PNG, JPEG, GIF, BMP, TIFF or WebP, found " + name);
    }

    static List<Arguments> foreignFiles() {
        return List.of(
                arguments("version https://git-lfs.github.com/spec/v1\noid sha256:00", "a pointer of Git LFS in place"),
                arguments("../../.git/annex/objects/x/y", "a pointer of git-annex in place of the file"),
                arguments("\n<!DOCTYPE html><html>", "a web page (HTML)"),
                arguments("<?xml version='1.0'?><Error/>", "an XML file"),
                arguments("{\"error\": 403}", "a JSON text"),
                arguments("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
                arguments("\0\0\0 ftypavif\0", "an AVIF image"),
                arguments("\0\0\0 ftypheic\0", "a HEIC image"),
                arguments("\0\0\0 ftypisom\0", "a video"),
                arguments("\u00ff\n\0", "a JPEG XL image"),
                arguments("8BPS\0", "a Photoshop document"),
                arguments("%PDF-1.7", "a PDF document"),
                arguments("P6 2 2 255", "a Netpbm image"),
                arguments("PK\3\4\0\0archive/data.pkl", "a PyTorch or TorchScript archive"),
                arguments("PK\3\4\0\0mu.npy", "an archive of NumPy arrays"),
                arguments("\0\5\26\7\0", "the sidecar of a file of macOS"),
                arguments("\0".repeat(90), "a file that begins with 90 bytes of zero"),
                arguments("\1\2\3\4", "a file that starts with 01 02 03 04"));
    }

    private static int difference(RgbImage image, RgbImage expected) {
        assertThat(image.widthPixels()).isEqualTo(expected.widthPixels());
        assertThat(image.heightPixels()).isEqualTo(expected.heightPixels());
        int largest = 0;
        for (int i = 0; i < image.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((image.rgb()[i] & 0xff) - (expected.rgb()[i] & 0xff)));
        }
        return largest;
    }

    private static RgbImage expected(String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes(name + ".rgb")).order(ByteOrder.LITTLE_ENDIAN);
        int width = buffer.getInt();
        int height = buffer.getInt();
        byte[] rgb = new byte[buffer.remaining()];
        buffer.get(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = ImageDecoderTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }
}
