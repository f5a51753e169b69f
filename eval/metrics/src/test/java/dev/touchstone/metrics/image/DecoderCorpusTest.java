package dev.touchstone.metrics.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every subtype of every format against the pixels of Pillow 9.4.0, all equal to the bit. Files and digests are written by
 * {@code .ci/reference/decoder_corpus.py}, which names versions and command; the files in {@code cases} are small inputs that
 * other tools get wrong, with digests of the same Pillow.
 */
class DecoderCorpusTest {

    private static final Map<String, byte[]> FILES = new TreeMap<>();

    private final ImageDecoder decoder = new ImageDecoder();

    @ParameterizedTest
    @MethodSource("convertible")
    void everySubtypeHasPillowsPixels(String name, int width, int height, String digest) throws IOException {
        RgbImage image = decoder.decode(file(name), name);

        assertThat(image.widthPixels()).isEqualTo(width);
        assertThat(image.heightPixels()).isEqualTo(height);
        assertThat(sha256(image.rgb())).isEqualTo(digest);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotConvertedOrDamagedIsRefusedByItsName(String name, String reason) throws IOException {
        byte[] bytes = file(name);

        assertThatThrownBy(() -> decoder.decode(bytes, name))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageStartingWith(name + ": expected ")
                .hasMessageContaining("found " + reason);
    }

    /** A file that ends early is refused, unless all its pixels came before. */
    @ParameterizedTest
    @MethodSource("convertible")
    void noCutFileCountsWithOtherPixels(String name, int width, int height, String digest) throws IOException {
        byte[] bytes = file(name);
        SplittableRandom random = new SplittableRandom(name.hashCode());
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int length = i == 0 ? bytes.length - 1 : i == 1 ? bytes.length - 2 : random.nextInt(1, bytes.length);
            try {
                RgbImage image = decoder.decode(Arrays.copyOf(bytes, length), name);
                if (!sha256(image.rgb()).equals(digest) || name.endsWith(".jpg") && !name.startsWith("trailing")) {
                    wrong.add(length);
                }
            } catch (ImageDecodeException e) {
                assertThat(e).hasMessageStartingWith(name + ": expected ");
            }
        }
        assertThat(wrong)
                .as("lengths of %d at which %s was read", bytes.length, name)
                .isEmpty();
    }

    /** Noise in a file leads to pixels or to a refusal, never to another failure. */
    @ParameterizedTest
    @MethodSource("convertible")
    void damageNeverBreaksTheDecoder(String name, int width, int height, String digest) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ImageDecoder small = new ImageDecoder(new DecodeLimits(100_000, 1 << 20), Orientation.AS_STORED);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = file(name).clone();
            for (int k = 0; k < 3; k++) {
                bytes[random.nextInt(2, bytes.length)] = (byte) random.nextInt();
            }
            try {
                RgbImage image = small.decode(bytes, name);
                assertThat(image.rgb()).hasSize(image.widthPixels() * image.heightPixels() * 3);
            } catch (ImageDecodeException e) {
                assertThat(e).hasMessageStartingWith(name + ": expected ");
            }
        }
    }

    @Test
    void theCorpusHoldsEverySubtype() throws IOException {
        assertThat(convertible().size()).isGreaterThan(180);
        assertThat(refused().size()).isGreaterThan(10);
    }

    static List<Object[]> convertible() throws IOException {
        return lines().stream()
                .filter(line -> !line[1].equals("refused"))
                .map(line -> new Object[] {line[0], Integer.parseInt(line[1]), Integer.parseInt(line[2]), line[3]})
                .toList();
    }

    static List<Object[]> refused() throws IOException {
        return lines().stream()
                .filter(line -> line[1].equals("refused"))
                .map(line -> new Object[] {line[0], line[2]})
                .toList();
    }

    private static List<String[]> lines() throws IOException {
        List<String[]> lines = new ArrayList<>();
        for (String table : List.of("corpus.tsv", "cases.tsv")) {
            for (String line : new String(resource(table), StandardCharsets.UTF_8).split("\n")) {
                String[] cells = line.split("\t");
                cells[0] = table.equals("cases.tsv") ? "cases/" + cells[0] : cells[0];
                lines.add(cells);
            }
        }
        return lines;
    }

    private static synchronized byte[] file(String name) throws IOException {
        if (name.startsWith("cases/")) {
            return resource(name);
        }
        if (FILES.isEmpty()) {
            try (ZipInputStream zip = new ZipInputStream(DecoderCorpusTest.class.getResourceAsStream("corpus.zip"))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    FILES.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        return FILES.get(name);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DecoderCorpusTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
