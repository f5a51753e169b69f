package dev.touchstone.metrics.weights.container;

import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens weight files of the three containers, told apart by their first bytes: PyTorch's legacy container, PyTorch's zip
 * and safetensors. The file is mapped; tensors are read when asked for.
 */
public final class WeightFile {

    /** One mapping: larger files are not weights of a metric. */
    static final long MAX_BYTES = Integer.MAX_VALUE;

    private WeightFile() {}

    /** @throws WeightsException if the file is missing, of another kind, damaged, or refers to anything but tensors */
    public static StateDict open(Path file) {
        ByteBuffer bytes = map(file);
        String name = file.toString();
        if (bytes.limit() < 8) {
            throw new WeightsException(name + ": expected a weight file, found " + bytes.limit() + " bytes");
        }
        if (bytes.getInt(0) == 0x04034b50) {
            return TorchZip.read(name, bytes);
        }
        if ((bytes.get(0) & 0xff) == 0x80) {
            return TorchLegacy.read(name, bytes);
        }
        if (bytes.getLong(0) > 0 && bytes.getLong(0) <= bytes.limit() - 8L && bytes.get(8) == '{') {
            return Safetensors.read(name, bytes);
        }
        throw new WeightsException(
                name + ": expected a PyTorch state dict (.pth, legacy or zip) or safetensors, found a"
                        + " file of another kind, or one that is truncated");
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > MAX_BYTES) {
                throw new WeightsException(
                        file + ": expected at most " + MAX_BYTES + " bytes, found " + channel.size());
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            bytes.order(ByteOrder.LITTLE_ENDIAN);
            return bytes;
        } catch (NoSuchFileException e) {
            throw new WeightsException(file + ": expected a weight file, found nothing at this path", e);
        } catch (IOException e) {
            throw new WeightsException(
                    file + ": expected a readable weight file, found "
                            + (Files.isDirectory(file) ? "a folder" : e.toString()),
                    e);
        } catch (UncheckedIOException e) {
            throw new WeightsException(file + ": expected a readable weight file, found " + e, e);
        }
    }

    /**
     * SHA-256 of a file, lower-case hex.
     *
     * @throws WeightsException if it cannot be read
     */
    public static String sha256(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new WeightsException(file + ": expected a readable weight file, found " + e, e);
        }
    }

    /**
     * All bytes of a file.
     *
     * @throws WeightsException if it cannot be read
     */
    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WeightsException(
                    file + ": expected a readable model, found " + e + "; import the weights again", e);
        }
    }
}
