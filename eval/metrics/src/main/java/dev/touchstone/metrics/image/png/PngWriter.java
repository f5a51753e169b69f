package dev.touchstone.metrics.image.png;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import dev.touchstone.metrics.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;

/** Makes the bytes of a PNG file. */
final class PngWriter {

    private static final int LEVEL = 6;
    private static final int PIXEL_BYTES = 3;

    private PngWriter() {}

    static byte[] encode(RgbImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(image.rgb().length / 2 + 64);
        out.writeBytes(PngHeader.SIGNATURE);
        byte[] header = new byte[13];
        integer(header, 0, image.widthPixels());
        integer(header, 4, image.heightPixels());
        header[8] = 8;
        header[9] = 2;
        chunk(out, "IHDR", header, header.length);
        deflate(out, filter(image));
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static byte[] filter(RgbImage image) {
        int stride = image.widthPixels() * PIXEL_BYTES;
        byte[] filtered = new byte[(stride + 1) * image.heightPixels()];
        byte[] above = new byte[stride];
        byte[] row = new byte[stride];
        byte[] candidate = new byte[stride];
        for (int y = 0; y < image.heightPixels(); y++) {
            System.arraycopy(image.rgb(), y * stride, row, 0, stride);
            long smallest = Long.MAX_VALUE;
            int at = y * (stride + 1);
            for (int kind = 0; kind < PngFilter.KINDS; kind++) {
                long sum = 0;
                for (int i = 0; i < stride; i++) {
                    candidate[i] = (byte) (row[i] - PngFilter.predict(kind, row, above, i, PIXEL_BYTES));
                    sum += Math.abs(candidate[i]);
                }
                if (sum < smallest) {
                    smallest = sum;
                    filtered[at] = (byte) kind;
                    System.arraycopy(candidate, 0, filtered, at + 1, stride);
                }
            }
            byte[] spare = above;
            above = row;
            row = spare;
        }
        return filtered;
    }

    private static void deflate(ByteArrayOutputStream out, byte[] data) {
        try {
            Deflater deflater = new Deflater(LEVEL);
            byte[] buffer = new byte[1 << 16];
            deflater.setInput(data);
            int status;
            do {
                deflater.setOutput(buffer);
                status = deflater.deflate(JZlib.Z_FINISH);
                chunk(out, "IDAT", buffer, buffer.length - deflater.getAvailOut());
            } while (status == JZlib.Z_OK);
            if (status != JZlib.Z_STREAM_END) {
                throw new IllegalStateException("deflate: expected the end of the stream, found status " + status);
            }
            deflater.end();
        } catch (GZIPException e) {
            throw new IllegalStateException("deflate: expected a compressor of level " + LEVEL, e);
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] head = new byte[8];
        integer(head, 0, length);
        for (int i = 0; i < 4; i++) {
            head[4 + i] = (byte) type.charAt(i);
        }
        CRC32 check = new CRC32();
        check.update(head, 4, 4);
        check.update(data, 0, length);
        byte[] tail = new byte[4];
        integer(tail, 0, (int) check.getValue());
        out.write(head, 0, head.length);
        out.write(data, 0, length);
        out.write(tail, 0, tail.length);
    }

    private static void integer(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }
}
