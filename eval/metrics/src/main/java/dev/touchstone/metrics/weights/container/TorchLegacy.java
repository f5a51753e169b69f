package dev.touchstone.metrics.weights.container;

import dev.touchstone.metrics.weights.container.PickleReader.StorageRef;
import dev.touchstone.metrics.weights.container.PickleReader.TensorRef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's container before 1.6: five pickles (magic, protocol, system, the object, storage keys), then for each key a
 * count and the raw numbers.
 */
final class TorchLegacy {

    /** Low 64 bits of 0x1950a86a20f9469cfc6c. */
    private static final long MAGIC = 0xa86a20f9469cfc6cL;

    private static final long PROTOCOL = 1001;

    private TorchLegacy() {}

    static StateDict read(String source, ByteBuffer file) {
        ByteBuffer in = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (!Long.valueOf(MAGIC).equals(new PickleReader(source, in).read())) {
            throw new WeightsException(source + ": expected a PyTorch state dict, found a pickle of another origin");
        }
        Object protocol = new PickleReader(source, in).read();
        if (!Long.valueOf(PROTOCOL).equals(protocol)) {
            throw new WeightsException(
                    source + ": expected PyTorch container protocol " + PROTOCOL + ", found " + protocol);
        }
        Object system = new PickleReader(source, in).read();
        if (!(system instanceof Map<?, ?> facts) || !Boolean.TRUE.equals(facts.get("little_endian"))) {
            throw new WeightsException(source + ": expected little-endian numbers, found another byte order");
        }
        Object top = new PickleReader(source, in).read();
        if (!(new PickleReader(source, in).read() instanceof List<?> keys)) {
            throw new WeightsException(source + ": expected a list of storages, found another object");
        }
        Map<String, StorageRef> described = new HashMap<>();
        collect(top, described);
        Map<String, ByteBuffer> storages = new HashMap<>();
        for (Object key : keys) {
            StorageRef storage = described.get(String.valueOf(key));
            if (storage == null || in.remaining() < 8) {
                throw truncated(source, key, in);
            }
            long count = in.getLong();
            if (count != storage.elements() || count * storage.type().bytes() > in.remaining()) {
                throw truncated(source, key, in);
            }
            int bytes = (int) (count * storage.type().bytes());
            storages.put(storage.key(), in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
            in.position(in.position() + bytes);
        }
        return TensorLayout.stateDict(source, top, key -> {
            if (!storages.containsKey(key)) {
                throw truncated(source, key, in);
            }
            return storages.get(key);
        });
    }

    private static void collect(Object object, Map<String, StorageRef> storages) {
        if (object instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, storages));
        } else if (object instanceof TensorRef tensor) {
            storages.put(tensor.storage().key(), tensor.storage());
        }
    }

    private static WeightsException truncated(String source, Object key, ByteBuffer in) {
        return new WeightsException(source + ": expected the numbers of storage " + key
                + ", found the file's end at byte " + in.limit() + "; it is truncated or damaged");
    }
}
