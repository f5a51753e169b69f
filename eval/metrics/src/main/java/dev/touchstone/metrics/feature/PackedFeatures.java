package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One file of the feature cache, big-endian: a header (magic, length of a feature, SHA-256 of the extractor's identity), then entries of equal
 * length: SHA-256 of the image, the feature as floats, CRC-32 of both. A file with another header is replaced. Only the places
 * of the entries are in memory; an entry is read, and its checksum compared, when it is asked for.
 */
final class PackedFeatures {

    private static final byte[] MAGIC = "TSFEAT01".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int HEADER_BYTES = 8 + Integer.BYTES + DIGEST_BYTES;

    private final Path file;
    private final int dimension;
    /** Where in the file the entry of a digest begins; of several, the last. */
    private final Map<String, Long> places = new HashMap<>();

    private PackedFeatures(Path file, int dimension) {
        this.file = file;
        this.dimension = dimension;
    }

    static PackedFeatures open(Path file, String identity, int dimension) throws IOException {
        PackedFeatures packed = new PackedFeatures(file, dimension);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(dimension)
                .put(HexFormat.of().parseHex(Sha256.of(identity.getBytes(StandardCharsets.UTF_8))))
                .array();
        if (!packed.read(header)) {
            Path temporary = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.write(temporary, header);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return packed;
    }

    /** The feature of an image, or nothing where there is no sound entry of this digest. */
    Optional<float[]> find(String sha256) throws IOException {
        Long place = places.get(sha256);
        if (place == null) {
            return Optional.empty();
        }
        ByteBuffer entry = ByteBuffer.allocate(entryBytes());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!fill(channel, entry, place)
                    || entry.getInt(entryBytes() - Integer.BYTES) != checksum(entry.array(), 0)
                    || !sha256.equals(HexFormat.of().formatHex(entry.array(), 0, DIGEST_BYTES))) {
                return Optional.empty();
            }
        }
        float[] values = new float[dimension];
        entry.position(DIGEST_BYTES).asFloatBuffer().get(values);
        return Optional.of(values);
    }

    /** Adds entries to the file in one write, behind the last whole entry. */
    void append(Map<String, float[]> added) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(Math.multiplyExact(added.size(), entryBytes()));
        for (Map.Entry<String, float[]> entry : added.entrySet()) {
            int start = block.position();
            block.put(HexFormat.of().parseHex(entry.getKey()));
            for (float value : entry.getValue()) {
                block.putFloat(value);
            }
            block.putInt(checksum(block.array(), start));
        }
        block.flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            // What a killed process wrote of an entry would shift all later ones: it is overwritten.
            long whole = (channel.size() - HEADER_BYTES) / entryBytes();
            long position = HEADER_BYTES + whole * entryBytes();
            long place = position;
            for (String sha256 : added.keySet()) {
                places.put(sha256, place);
                place += entryBytes();
            }
            while (block.hasRemaining() && lock.isValid()) {
                position += channel.write(block, position);
            }
        }
    }

    /** Finds every whole entry; false where the file is missing or its header is another. */
    private boolean read(byte[] header) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES);
            if (!fill(channel, found, 0) || !java.util.Arrays.equals(found.array(), header)) {
                return false;
            }
            ByteBuffer digest = ByteBuffer.allocate(DIGEST_BYTES);
            long last = channel.size() - entryBytes();
            for (long place = HEADER_BYTES; place <= last; place += entryBytes()) {
                if (fill(channel, digest.clear(), place)) {
                    places.put(HexFormat.of().formatHex(digest.array()), place);
                }
            }
        }
        return true;
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private int entryBytes() {
        return DIGEST_BYTES + dimension * Float.BYTES + Integer.BYTES;
    }

    private int checksum(byte[] bytes, int start) {
        CRC32 crc = new CRC32();
        crc.update(bytes, start, entryBytes() - Integer.BYTES);
        return (int) crc.getValue();
    }
}
