package dev.touchstone.metrics.weights.container;

import dev.touchstone.metrics.weights.container.PickleReader.TensorRef;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns the tensor descriptions of a pickle into entries over the bytes of its storages. */
final class TensorLayout {

    private TensorLayout() {}

    /**
     * The state dict of a pickle's top object: a dict of tensors, or one under the key {@code state_dict}.
     *
     * @param storages bytes of a storage by its key, little-endian, from position 0
     */
    static StateDict stateDict(String source, Object top, Function<String, ByteBuffer> storages) {
        if (!(top instanceof Map<?, ?> dict)) {
            throw new WeightsException(source + ": expected a dictionary of tensors, found another object");
        }
        if (dict.get("state_dict") instanceof Map<?, ?> nested) {
            return stateDict(source, nested, storages);
        }
        Map<String, StateDict.Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<?, ?> item : dict.entrySet()) {
            if (!(item.getKey() instanceof String name) || !(item.getValue() instanceof TensorRef tensor)) {
                throw new WeightsException(source + ": expected tensors by name, found \"" + item.getKey()
                        + "\", which is no tensor; export the state dict only");
            }
            ByteBuffer bytes = storages.apply(tensor.storage().key());
            checkInside(source, name, tensor, bytes);
            entries.put(name, new StateDict.Entry(tensor.shape(), () -> read(tensor, bytes)));
        }
        return new StateDict(source, entries);
    }

    private static void checkInside(String source, String name, TensorRef tensor, ByteBuffer bytes) {
        List<Integer> shape = tensor.shape();
        if (tensor.stride().size() != shape.size() || tensor.offset() < 0) {
            throw new WeightsException(source + ": expected a stride per axis of " + name + ", found shape " + shape
                    + " with strides " + tensor.stride());
        }
        long last = tensor.offset();
        long size = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            size = Math.multiplyExact(size, shape.get(axis));
            last += (shape.get(axis) - 1L) * tensor.stride().get(axis);
        }
        long available = bytes.limit() / tensor.storage().type().bytes();
        if (size > Integer.MAX_VALUE - 8 || size > 0 && last >= available) {
            throw new WeightsException(source + ": expected " + name + " " + shape + " inside its storage of "
                    + available + " values, found that it reaches to " + (last + 1) + "; the file is damaged");
        }
    }

    private static float[] read(TensorRef tensor, ByteBuffer bytes) {
        int axes = tensor.shape().size();
        float[] values = new float[tensor.shape().stream().reduce(1, Math::multiplyExact)];
        int[] index = new int[axes];
        ElementType type = tensor.storage().type();
        long position = tensor.offset();
        for (int i = 0; i < values.length; i++) {
            values[i] = type.value(bytes, (int) (position * type.bytes()));
            for (int axis = axes - 1; axis >= 0; axis--) {
                position += tensor.stride().get(axis);
                if (++index[axis] < tensor.shape().get(axis)) {
                    break;
                }
                position -= (long) tensor.stride().get(axis) * index[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
