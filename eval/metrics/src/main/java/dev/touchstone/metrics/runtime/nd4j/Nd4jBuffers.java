package dev.touchstone.metrics.runtime.nd4j;

import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory of a plan's values. Operations run in the order in which they are planned, so the memory of a value that no later
 * operation reads is given to the next one that wants as much.
 */
final class Nd4jBuffers implements AutoCloseable {

    private final Map<String, INDArray> arrays = new HashMap<>();
    /** The value whose memory a reshaped value looks into. */
    private final Map<String, String> owners = new HashMap<>();

    private final Map<String, Integer> readers = new HashMap<>();
    private final Map<String, INDArray> memory = new HashMap<>();
    private final Map<Long, Deque<INDArray>> free = new HashMap<>();
    private final List<INDArray> all = new ArrayList<>();

    Nd4jBuffers(Network network) {
        for (Operation operation : network.operations()) {
            if (operation instanceof Operation.Reshape op) {
                owners.put(op.output(), owner(op.input()));
            }
        }
        network.operations().forEach(operation -> operation.inputs().forEach(this::count));
        network.outputs().forEach(this::count);
        network.inputs().forEach(input -> count(input.name()));
    }

    private String owner(String name) {
        return owners.getOrDefault(name, name);
    }

    private void count(String name) {
        readers.merge(owner(name), 1, Integer::sum);
    }

    INDArray get(String name) {
        return arrays.get(name);
    }

    boolean has(String name) {
        return arrays.containsKey(name);
    }

    /** An array that is never given away: a parameter or an input. */
    void keep(String name, INDArray array) {
        arrays.put(name, array);
    }

    /** Memory for a value. */
    INDArray add(String name, long... shape) {
        INDArray flat = take(size(shape));
        memory.put(name, flat);
        INDArray array = flat.reshape('c', shape);
        arrays.put(name, array);
        return array;
    }

    /** The same memory in another shape. */
    void view(String name, String of, long... shape) {
        arrays.put(name, arrays.get(of).reshape('c', shape));
    }

    /** Memory for use within one operation. */
    INDArray scratch(long... shape) {
        return take(size(shape)).reshape('c', shape);
    }

    /** Ends the use of scratch memory. */
    void giveBack(INDArray scratch) {
        free.computeIfAbsent(scratch.length(), length -> new ArrayDeque<>())
                .push(scratch.reshape('c', new long[] {scratch.length()}));
    }

    /** Notes that an operation has read a value; after its last reader its memory is free. */
    void read(String name) {
        String owner = owner(name);
        if (readers.merge(owner, -1, Integer::sum) == 0 && memory.containsKey(owner)) {
            giveBack(memory.get(owner));
        }
    }

    private INDArray take(long size) {
        Deque<INDArray> fitting = free.get(size);
        if (fitting != null && !fitting.isEmpty()) {
            return fitting.pop();
        }
        INDArray flat = Nd4j.createUninitialized(DataType.FLOAT, size);
        all.add(flat);
        return flat;
    }

    static long size(long[] shape) {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        return size;
    }

    @Override
    public void close() {
        all.forEach(INDArray::close);
        all.clear();
        arrays.clear();
    }
}
