package dev.touchstone.metrics.weights.container;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names, shapes and, read when asked for, values of the tensors in a weight file. */
public final class StateDict {

    /** Reads one tensor's values. */
    public interface Reader {
        float[] read();
    }

    /** A tensor that has not been read. */
    public record Entry(List<Integer> shape, Reader reader) {
        public Entry {
            shape = List.copyOf(shape);
        }
    }

    private final String source;
    private final TreeMap<String, Entry> entries;

    public StateDict(String source, Map<String, Entry> entries) {
        this.source = source;
        this.entries = new TreeMap<>(entries);
    }

    /** The file, for messages. */
    public String source() {
        return source;
    }

    /** Shapes by name, in the order of the names. */
    public Map<String, List<Integer>> shapes() {
        Map<String, List<Integer>> shapes = new TreeMap<>();
        entries.forEach((name, entry) -> shapes.put(name, entry.shape()));
        return shapes;
    }

    /**
     * Reads a tensor.
     *
     * @throws WeightsException if there is none, or a value is not finite
     */
    public WeightTensor tensor(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new WeightsException(source + ": expected a tensor \"" + name + "\", found none of this name");
        }
        float[] values = entry.reader().read();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new WeightsException(source + ": expected finite weights, found " + value + " in " + name);
            }
        }
        return new WeightTensor(entry.shape(), values);
    }
}
