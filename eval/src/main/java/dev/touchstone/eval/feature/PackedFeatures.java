package dev.touchstone.eval.feature;

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
 * length: SHA-256 of the image, the feature as floats, CRC-32 of both. A file with another header is replaced.
 */
final class PackedFeatures {

    private static final byte[] MAGIC = "TSFEAT01".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int HEADER_BYTES = 8 + Integer.BYTES + DIGEST_BYTES;

    private final Path file;
    private final int dimension;
    private final Map<String, float[]> entries = new HashMap<>();

    private PackedFeatures(Path file, int dimension) {
        this.file = file;
        this.dimension = dimension;
    }

    static PackedFeatures open(Path file, String identity, int dimension) throws IOException {
        PackedFeatures packed = new PackedFeatures(file, dimension);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(dimension)
                .put(HexFormat.of().parseHex(Digests.sha256(identity.getBytes(StandardCharsets.UTF_8))))
                .array();
        if (!packed.read(header)) {
            Path temporary = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.write(temporary, header);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return packed;
    }

    Optional<float[]> find(String sha256) {
        return Optional.ofNullable(entries.get(sha256));
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
            while (block.hasRemaining() && lock.isValid()) {
                position += channel.write(block, position);
            }
        }
        entries.putAll(added);
    }

    /** Reads every sound entry; false where the file is missing or its header is another. */
    private boolean read(byte[] header) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer found = ByteBuffer.allocate(HEADER_BYTES);
            if (!fill(channel, found) || !java.util.Arrays.equals(found.array(), header)) {
                return false;
            }
            ByteBuffer entry = ByteBuffer.allocate(entryBytes());
            while (fill(channel, entry)) {
                if (entry.getInt(entryBytes() - Integer.BYTES) == checksum(entry.array(), 0)) {
                    float[] values = new float[dimension];
                    for (int i = 0; i < dimension; i++) {
                        values[i] = entry.getFloat(DIGEST_BYTES + i * Float.BYTES);
                    }
                    entries.put(HexFormat.of().formatHex(entry.array(), 0, DIGEST_BYTES), values);
                }
                entry.clear();
            }
        }
        return true;
    }

    private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
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
