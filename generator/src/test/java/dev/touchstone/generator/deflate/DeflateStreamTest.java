package dev.touchstone.generator.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.generator.deflate.DeflateStream.Wrapping;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference is the JDK's inflater, zlib. */
class DeflateStreamTest {

    /** Bytes of different kinds: what they become is stored, short codes, long codes, near and far copies. */
    private enum Kind {
        RANDOM {
            @Override
            void fill(byte[] bytes, Random random) {
                random.nextBytes(bytes);
            }
        },
        ZEROS {
            @Override
            void fill(byte[] bytes, Random random) {}
        },
        PHOTOGRAPH {
            @Override
            void fill(byte[] bytes, Random random) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (4 * random.nextGaussian());
                }
            }
        },
        WORDS {
            @Override
            void fill(byte[] bytes, Random random) {
                byte[][] words = new byte[300][];
                for (int i = 0; i < words.length; i++) {
                    words[i] =
                            Integer.toString(random.nextInt(), 36).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                }
                for (int i = 0; i < bytes.length; ) {
                    byte[] word = words[Math.min(random.nextInt(300), random.nextInt(300))];
                    int count = Math.min(word.length, bytes.length - i);
                    System.arraycopy(word, 0, bytes, i, count);
                    i += count;
                }
            }
        },
        RARE {
            @Override
            void fill(byte[] bytes, Random random) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) Math.min(
                            255, Long.numberOfTrailingZeros(random.nextLong() | 1L << 40) * 9 + random.nextInt(3));
                }
            }
        };

        abstract void fill(byte[] bytes, Random random);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatWasDeflatedComesBack(Kind kind) throws IOException {
        for (int size : new int[] {0, 1, 2, 257, 32_768, 32_769, 98_304, 400_000}) {
            byte[] bytes = new byte[size];
            kind.fill(bytes, new Random(size));
            for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
                for (int level : new int[] {0, 1, 6, 9}) {
                    for (Wrapping wrapping : Wrapping.values()) {
                        byte[] deflated = deflated(bytes, level, strategy, wrapping == Wrapping.RAW);
                        assertThat(new DeflateStream(new ByteArrayInputStream(deflated), wrapping).readAllBytes())
                                .as("%d bytes, level %d, strategy %d, %s", size, level, strategy, wrapping)
                                .isEqualTo(bytes);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void piecesOfAnySizeOnBothSidesMakeNoDifference(Kind kind) throws IOException {
        byte[] bytes = new byte[300_000];
        kind.fill(bytes, new Random(7));
        Random random = new Random(8);
        InputStream slow = new ByteArrayInputStream(deflated(bytes, 6, Deflater.DEFAULT_STRATEGY, true)) {
            @Override
            public synchronized int read(byte[] to, int start, int length) {
                return super.read(to, start, Math.min(length, 1 + random.nextInt(3000)));
            }
        };
        DeflateStream stream = new DeflateStream(slow, Wrapping.RAW);
        byte[] back = new byte[bytes.length];
        for (int at = 0; at < back.length; ) {
            int count = stream.read(back, at, Math.min(back.length - at, 1 + random.nextInt(70_000)));
            assertThat(count).isPositive();
            at += count;
        }
        assertThat(back).isEqualTo(bytes);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6})
    void aStreamThatIsCutOffIsNamed(int level) throws IOException {
        byte[] bytes = new byte[3000];
        Kind.WORDS.fill(bytes, new Random(1));
        byte[] deflated = deflated(bytes, level, Deflater.DEFAULT_STRATEGY, true);
        for (int length = 0; length < deflated.length; length++) {
            byte[] part = Arrays.copyOf(deflated, length);
            assertThatThrownBy(() -> raw(part)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    /** Damaged streams are refused where zlib refuses them, and read as zlib reads them where it does. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void damagedStreamsEndAsTheyDoInTheInflaterOfTheJdk(Kind kind) throws IOException {
        Random random = new Random(3);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++) {
            byte[] bytes = new byte[random.nextInt(2000)];
            kind.fill(bytes, random);
            byte[] damaged = deflated(bytes, 1 + trial % 9, trial % 2, true);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(Math.min(damaged.length, 200))] ^= (byte) (1 << random.nextInt(8));
            }
            Optional<byte[]> expected = reference(damaged);
            refused += expected.isEmpty() ? 1 : 0;
            if (expected.isPresent()) {
                assertThat(raw(damaged)).as("trial %d", trial).isEqualTo(expected.get());
            } else {
                assertThatThrownBy(() -> raw(damaged)).as("trial %d", trial).isInstanceOf(IOException.class);
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void otherBytesAreNoZlibStream() {
        assertThatThrownBy(() -> new DeflateStream(new ByteArrayInputStream(new byte[] {80, 75, 3, 4}), Wrapping.ZLIB))
                .isInstanceOf(IOException.class)
                .hasMessage("no zlib header");
    }

    private static byte[] raw(byte[] deflated) throws IOException {
        return new DeflateStream(new ByteArrayInputStream(deflated), Wrapping.RAW).readAllBytes();
    }

    /** Empty where zlib finds damage or too few bytes. */
    private static Optional<byte[]> reference(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    return Optional.empty();
                }
                out.write(buffer, 0, count);
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflated(byte[] bytes, int level, int strategy, boolean raw) {
        Deflater deflater = new Deflater(level, raw);
        deflater.setStrategy(strategy);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
