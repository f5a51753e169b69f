package dev.touchstone.metrics.metric.numpy;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.weights.container.HalfFloat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's npy format: versions 1 to 3, both orders, integers and floats of any byte order. Arrays of Python objects are
 * refused: reading them would mean running a pickle.
 */
final class NpyFormat {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    /** Values read or written at a time: few enough to stay in a core's cache. */
    private static final int CHUNK = 1 << 13;

    private NpyFormat() {}

    /**
     * Reads an array.
     *
     * @param name for messages
     * @param maxValues refuses more
     */
    static NumpyArray read(InputStream in, String name, long maxValues) throws IOException {
        byte[] start = in.readNBytes(8);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start.length < 8 || start[i] != MAGIC[i]) {
                throw new MetricException(name + ": expected an npy array, found other bytes");
            }
        }
        int lengthBytes = start[6] == 1 ? 2 : 4;
        ByteBuffer length = ByteBuffer.wrap(exactly(in, lengthBytes, name)).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = lengthBytes == 2 ? length.getShort() & 0xffff : length.getInt();
        if (start[6] < 1 || start[6] > 3 || headerLength < 0 || headerLength > MAX_HEADER) {
            throw new MetricException(name + ": expected npy version 1 to 3 with a header of at most " + MAX_HEADER
                    + " bytes, found version " + start[6] + " with " + headerLength);
        }
        String header = new String(exactly(in, headerLength, name), StandardCharsets.UTF_8);
        String descr = field(DESCR, header, "descr", name);
        boolean fortran = field(ORDER, header, "fortran_order", name).equals("True");
        List<Integer> shape = new ArrayList<>();
        long size = 1;
        for (String axis : field(SHAPE, header, "shape", name).split(",")) {
            if (!axis.isBlank()) {
                long extent = Long.parseLong(axis.trim());
                size = extent > maxValues || size * extent > maxValues ? Long.MAX_VALUE : size * extent;
                if (size > maxValues) {
                    throw new MetricException(
                            name + ": expected at most " + maxValues + " values, found the header " + header.strip());
                }
                shape.add((int) extent);
            }
        }
        double[] values = values(in, descr, (int) size, name);
        return new NumpyArray(shape, fortran ? rowMajor(shape, values) : values);
    }

    private static double[] values(InputStream in, String descr, int size, String name) throws IOException {
        if (!descr.matches("[<>|=]?[fiub][1248]") || descr.endsWith("f1")) {
            throw new MetricException(name + ": expected numbers (f2 to f8, i1 to i8, u1 to u4), found dtype " + descr);
        }
        char kind = descr.charAt(descr.length() - 2);
        int width = descr.charAt(descr.length() - 1) - '0';
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        double[] values = new double[size];
        byte[] chunk = new byte[Math.min(CHUNK, size) * width];
        for (int at = 0; at < size; ) {
            int count = Math.min(CHUNK, size - at);
            if (in.readNBytes(chunk, 0, count * width) < count * width) {
                throw new EOFException(name + " ends early");
            }
            ByteBuffer bytes = ByteBuffer.wrap(chunk).order(order);
            if (kind == 'f' && width == 8) {
                bytes.asDoubleBuffer().get(values, at, count);
                at += count;
                continue;
            }
            for (int i = 0; i < count; i++) {
                values[at++] = value(bytes, kind, width);
            }
        }
        return values;
    }

    private static double value(ByteBuffer bytes, char kind, int width) {
        return switch (width) {
            case 1 -> kind == 'i' ? bytes.get() : bytes.get() & 0xff;
            case 2 ->
                kind == 'f'
                        ? HalfFloat.toFloat(bytes.getShort())
                        : kind == 'i' ? bytes.getShort() : bytes.getShort() & 0xffff;
            case 4 -> kind == 'f' ? bytes.getFloat() : kind == 'i' ? bytes.getInt() : bytes.getInt() & 0xffffffffL;
            default -> kind == 'f' ? bytes.getDouble() : (double) bytes.getLong();
        };
    }

    private static double[] rowMajor(List<Integer> shape, double[] values) {
        double[] out = new double[values.length];
        int[] index = new int[shape.size()];
        for (int target = 0; target < out.length; target++) {
            int source = 0;
            for (int axis = shape.size() - 1; axis >= 0; axis--) {
                source = source * shape.get(axis) + index[axis];
            }
            out[target] = values[source];
            for (int axis = shape.size() - 1; axis >= 0 && ++index[axis] == shape.get(axis); axis--) {
                index[axis] = 0;
            }
        }
        return out;
    }

    /** Writes float64, version 1, C order, as {@code numpy.save}. */
    static void write(OutputStream out, NumpyArray array) throws IOException {
        StringBuilder shape = new StringBuilder("(");
        for (int i = 0; i < array.shape().size(); i++) {
            shape.append(i == 0 ? "" : " ").append(array.shape().get(i)).append(',');
        }
        if (array.shape().size() > 1) {
            shape.setLength(shape.length() - 1);
        }
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + "), }";
        int padded = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        byte[] text = (header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) padded, (byte) (padded >> 8)});
        out.write(text);
        ByteBuffer chunk = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : array.values()) {
            chunk.putDouble(value);
            if (!chunk.hasRemaining()) {
                out.write(chunk.array());
                chunk.clear();
            }
        }
        out.write(chunk.array(), 0, chunk.position());
    }

    private static String field(Pattern pattern, String header, String key, String name) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new MetricException(
                    name + ": expected '" + key + "' of a plain array in the npy header, found " + header.strip());
        }
        return matcher.group(1);
    }

    private static byte[] exactly(InputStream in, int count, String name) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException(name + " ends early");
        }
        return bytes;
    }
}
