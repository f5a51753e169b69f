package dev.touchstone.metrics.weights.container;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of state dicts and nothing else. A pickle is a program that may call anything; here the only things it
 * can name are those in {@link #ALLOWED}, they are data and never code, and any other name ends the reading with that name
 * in the message. Lists, dicts, tuples, strings, numbers and tensor descriptions come out.
 */
final class PickleReader {

    /** Names that a state dict needs. */
    private static final List<String> ALLOWED = List.of(
            "collections.OrderedDict",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_parameter",
            "torch.nn.parameter.Parameter",
            "torch.Size");

    private static final int MAX_OBJECTS = 1 << 20;
    private static final Object MARK = new Object();
    private static final Object NONE = new Object();

    /** A name in the allow-list. */
    record Global(String name) {}

    /** A storage by its key. */
    record StorageRef(String key, ElementType type, long elements) {}

    /** A tensor in a storage. */
    record TensorRef(StorageRef storage, long offset, List<Integer> shape, List<Integer> stride) {}

    private final String source;
    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /** Reads from the buffer's position; afterwards it stands behind the pickle. */
    PickleReader(String source, ByteBuffer in) {
        this.source = source;
        this.in = in;
        in.order(ByteOrder.LITTLE_ENDIAN);
    }

    Object read() {
        try {
            for (int objects = 0; objects < MAX_OBJECTS; objects++) {
                int code = in.get() & 0xff;
                if (code == '.') {
                    return pop();
                }
                step(code);
            }
            throw problem("a pickle of at most " + MAX_OBJECTS + " steps", "more");
        } catch (BufferUnderflowException e) {
            throw new WeightsException(
                    source + ": expected a whole pickle, found its end after " + in.limit()
                            + " bytes; the file is truncated",
                    e);
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new WeightsException(
                    source + ": expected a state dict of tensors, found a pickle of another form", e);
        }
    }

    private void step(int code) {
        switch (code) {
            case 0x80 -> in.get();
            case 0x95 -> in.getLong();
            case '(' -> stack.push(MARK);
            case '}' -> stack.push(new LinkedHashMap<>());
            case ']' -> stack.push(new ArrayList<>());
            case ')' -> stack.push(List.of());
            case 'N' -> stack.push(NONE);
            case 0x88 -> stack.push(Boolean.TRUE);
            case 0x89 -> stack.push(Boolean.FALSE);
            case 'J' -> stack.push((long) in.getInt());
            case 'K' -> stack.push((long) (in.get() & 0xff));
            case 'M' -> stack.push((long) (in.getShort() & 0xffff));
            case 'I' -> stack.push(Long.parseLong(line()));
            case 'L' -> stack.push(Long.parseLong(line().replace("L", "")));
            case 0x8a -> stack.push(longOf(bytes(in.get() & 0xff)));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X', 'T' -> stack.push(text(in.getInt()));
            case 'U', 0x8c -> stack.push(text(in.get() & 0xff));
            case 'V' -> stack.push(line());
            case 0x85 -> stack.push(List.of(pop()));
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 't' -> stack.push(List.copyOf(sinceMark()));
            case 'q' -> memo.put(in.get() & 0xff, top());
            case 'r' -> memo.put(in.getInt(), top());
            case 'p' -> memo.put(Integer.parseInt(line()), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> recall(in.get() & 0xff);
            case 'j' -> recall(in.getInt());
            case 'g' -> recall(Integer.parseInt(line()));
            case '0' -> pop();
            case 'c' -> stack.push(global(line(), line()));
            case 0x93 -> {
                String name = (String) pop();
                stack.push(global((String) pop(), name));
            }
            case 'Q' -> stack.push(storage((List<?>) pop()));
            case 'R' -> {
                List<?> arguments = (List<?>) pop();
                stack.push(call((Global) pop(), arguments));
            }
            case 'b' -> pop();
            case 'a' -> {
                Object item = pop();
                items().add(item);
            }
            case 'e' -> {
                List<Object> items = sinceMark();
                items().addAll(items);
            }
            case 's' -> {
                Object value = pop();
                Object key = pop();
                dict().put(key, value);
            }
            case 'u' -> {
                List<Object> items = sinceMark();
                for (int i = 0; i + 1 < items.size(); i += 2) {
                    dict().put(items.get(i), items.get(i + 1));
                }
            }
            default ->
                throw problem(
                        "only what a state dict needs",
                        String.format("pickle instruction 0x%02x at byte %d", code, in.position() - 1));
        }
    }

    private Object global(String module, String name) {
        String full = module + "." + name;
        if (ALLOWED.contains(full)
                || module.equals("torch") && ElementType.ofTorchStorage(name).isPresent()) {
            return new Global(full);
        }
        throw problem("tensors and dictionaries only", "a reference to " + full + "; nothing of it was run");
    }

    private Object call(Global global, List<?> arguments) {
        return switch (global.name()) {
            case "collections.OrderedDict" -> {
                Map<Object, Object> dict = new LinkedHashMap<>();
                if (!arguments.isEmpty()) {
                    for (Object pair : (List<?>) arguments.get(0)) {
                        dict.put(((List<?>) pair).get(0), ((List<?>) pair).get(1));
                    }
                }
                yield dict;
            }
            case "torch._utils._rebuild_tensor_v2" ->
                new TensorRef(
                        (StorageRef) arguments.get(0),
                        (Long) arguments.get(1),
                        axes(arguments.get(2)),
                        axes(arguments.get(3)));
            case "torch._utils._rebuild_parameter", "torch.nn.parameter.Parameter" -> (TensorRef) arguments.get(0);
            case "torch.Size" -> arguments.get(0);
            default -> throw problem("tensors and dictionaries only", "a call of " + global.name());
        };
    }

    private StorageRef storage(List<?> id) {
        if (id.size() < 5 || !"storage".equals(id.get(0)) || !(id.get(1) instanceof Global global)) {
            throw problem("references to storages", "another persistent id");
        }
        ElementType type = ElementType.ofTorchStorage(global.name().replace("torch.", ""))
                .orElseThrow(() -> problem("a storage of numbers", global.name()));
        return new StorageRef((String) id.get(2), type, (Long) id.get(4));
    }

    private static List<Integer> axes(Object list) {
        List<Integer> axes = new ArrayList<>();
        for (Object axis : (List<?>) list) {
            long value = (Long) axis;
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("axis " + value);
            }
            axes.add((int) value);
        }
        return axes;
    }

    private void tuple(int size) {
        Object[] items = new Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        stack.push(List.of(items));
    }

    private List<Object> sinceMark() {
        Deque<Object> items = new ArrayDeque<>();
        for (Object item = pop(); item != MARK; item = pop()) {
            items.push(item);
        }
        return new ArrayList<>(items);
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("empty stack");
        }
        return stack.pop();
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw new IllegalArgumentException("empty stack");
        }
        return stack.peek();
    }

    @SuppressWarnings("unchecked")
    private List<Object> items() {
        return (List<Object>) top();
    }

    @SuppressWarnings("unchecked")
    private Map<Object, Object> dict() {
        return (Map<Object, Object>) top();
    }

    private void recall(int key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new IllegalArgumentException("memo " + key);
        }
        stack.push(value);
    }

    private String line() {
        int start = in.position();
        while (in.get() != '\n') {}
        byte[] text = new byte[in.position() - 1 - start];
        in.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** Little-endian two's complement; longer numbers than 8 bytes, of which the magic is one, keep their low bits. */
    private static long longOf(byte[] bytes) {
        long value = bytes.length > 0 && bytes.length < 8 && bytes[bytes.length - 1] < 0 ? -1L << 8 * bytes.length : 0;
        for (int i = 0; i < Math.min(8, bytes.length); i++) {
            value |= (bytes[i] & 0xffL) << 8 * i;
        }
        return value;
    }

    private WeightsException problem(String expected, String found) {
        return new WeightsException(source + ": expected " + expected + ", found " + found);
    }
}
