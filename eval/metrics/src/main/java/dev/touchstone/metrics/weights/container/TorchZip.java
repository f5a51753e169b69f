package dev.touchstone.metrics.weights.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * PyTorch's container since 1.6: a zip of stored entries, {@code <name>/data.pkl} and one {@code <name>/data/<key>} per
 * storage. Read from the central directory of the mapped file.
 */
final class TorchZip {

    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;

    private TorchZip() {}

    static StateDict read(String source, ByteBuffer file) {
        Map<String, ByteBuffer> entries;
        try {
            entries = entries(source, file);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw truncated(source, file, e);
        }
        String pickle = entries.keySet().stream()
                .filter(name -> name.equals("data.pkl") || name.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow(() -> new WeightsException(
                        source + ": expected data.pkl in a PyTorch zip, found " + entries.size() + " other entries"));
        String root = pickle.substring(0, pickle.length() - "data.pkl".length());
        ByteBuffer order = entries.get(root + "byteorder");
        if (order != null
                && !StandardCharsets.US_ASCII
                        .decode(order.duplicate())
                        .toString()
                        .equals("little")) {
            throw new WeightsException(source + ": expected little-endian numbers, found another byte order");
        }
        Object top = new PickleReader(source, entries.get(pickle)).read();
        return TensorLayout.stateDict(source, top, key -> {
            ByteBuffer storage = entries.get(root + "data/" + key);
            if (storage == null) {
                throw new WeightsException(
                        source + ": expected the numbers of storage " + key + ", found no such entry");
            }
            return storage;
        });
    }

    private static Map<String, ByteBuffer> entries(String source, ByteBuffer file) {
        ByteBuffer zip = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.limit() - 22;
        while (end >= 0 && zip.limit() - end < (1 << 16) + 22 && zip.getInt(end) != END) {
            end--;
        }
        if (end < 0 || zip.getInt(end) != END) {
            throw truncated(source, file, null);
        }
        int count = zip.getShort(end + 10) & 0xffff;
        long at = zip.getInt(end + 16) & 0xffffffffL;
        Map<String, ByteBuffer> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int entry = Math.toIntExact(at);
            if (zip.getInt(entry) != CENTRAL) {
                throw truncated(source, file, null);
            }
            int method = zip.getShort(entry + 10);
            long size = zip.getInt(entry + 20) & 0xffffffffL;
            int nameLength = zip.getShort(entry + 28) & 0xffff;
            int extra = zip.getShort(entry + 30) & 0xffff;
            int comment = zip.getShort(entry + 32) & 0xffff;
            int local = Math.toIntExact(zip.getInt(entry + 42) & 0xffffffffL);
            byte[] name = new byte[nameLength];
            zip.get(entry + 46, name);
            String text = new String(name, StandardCharsets.UTF_8);
            if (method != 0 || zip.getInt(local) != LOCAL) {
                throw new WeightsException(source + ": expected stored entries as PyTorch writes them, found " + text
                        + " compressed or damaged");
            }
            int data = local + 30 + (zip.getShort(local + 26) & 0xffff) + (zip.getShort(local + 28) & 0xffff);
            entries.put(text, zip.slice(data, Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN));
            at += 46L + nameLength + extra + comment;
        }
        return entries;
    }

    private static WeightsException truncated(String source, ByteBuffer file, Throwable cause) {
        return new WeightsException(
                source + ": expected a whole PyTorch zip, found no directory in its " + file.limit()
                        + " bytes; the file is truncated or damaged",
                cause);
    }
}
