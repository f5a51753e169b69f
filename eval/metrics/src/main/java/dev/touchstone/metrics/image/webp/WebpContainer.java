package dev.touchstone.metrics.image.webp;

import dev.touchstone.metrics.image.ByteReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first frame of a WebP file and where it lies (RFC 9649).
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param left of the frame on the canvas
 * @param top of the frame on the canvas
 * @param frameWidth of the frame, as its own header says
 * @param frameHeight of the frame, as its own header says
 * @param lossy whether it is a VP8 stream; else a lossless one
 * @param frame the frame as a WebP file of its own, without alpha beside the colours
 */
record WebpContainer(
        int width, int height, int left, int top, int frameWidth, int frameHeight, boolean lossy, byte[] frame) {

    private static final int HEADER = 12;

    static WebpContainer read(byte[] bytes) throws IOException {
        ByteReader in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
        long end = 8 + in.thirtyTwo(4);
        in.range(0, end);
        int[] canvas = {0, 0};
        for (long at = HEADER; at + 8 <= end; ) {
            String type = type(in, at);
            long length = in.thirtyTwo(at + 4);
            long data = in.range(at + 8, length);
            switch (type) {
                case "VP8X" -> canvas = new int[] {1 + twentyFour(in, data + 4), 1 + twentyFour(in, data + 7)};
                case "VP8 ", "VP8L" -> {
                    return frame(in, at, canvas, 0, 0);
                }
                case "ANMF" -> {
                    return inner(in, data, length, canvas);
                }
                default -> {}
            }
            at += 8 + length + (length & 1);
        }
        throw new IOException("no picture in the file");
    }

    private static WebpContainer inner(ByteReader in, long data, long length, int[] canvas) throws IOException {
        for (long at = data + 16; at + 8 <= data + length; ) {
            String type = type(in, at);
            if (type.equals("VP8 ") || type.equals("VP8L")) {
                return frame(in, at, canvas, 2 * twentyFour(in, data), 2 * twentyFour(in, data + 3));
            }
            long inside = in.thirtyTwo(at + 4);
            at += 8 + inside + (inside & 1);
        }
        throw new IOException("no picture in the first frame");
    }

    private static WebpContainer frame(ByteReader in, long at, int[] canvas, int left, int top) throws IOException {
        boolean lossy = type(in, at).equals("VP8 ");
        long length = in.thirtyTwo(at + 4);
        int data = in.range(at + 8, length);
        int width;
        int height;
        if (lossy) {
            width = in.sixteen(data + 6) & 0x3fff;
            height = in.sixteen(data + 8) & 0x3fff;
        } else {
            long packed = in.thirtyTwo(data + 1);
            width = 1 + (int) (packed & 0x3fff);
            height = 1 + (int) (packed >> 14 & 0x3fff);
        }
        boolean own = canvas[0] == 0;
        if (!own && (left + width > canvas[0] || top + height > canvas[1])) {
            throw new IOException("a frame beyond its canvas");
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        long padded = length + (length & 1);
        for (int shift = 0; shift < 32; shift += 8) {
            file.write((int) (4 + 8 + padded >> shift));
        }
        file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        file.write(in.bytes(), (int) at, (int) (8 + length));
        if (padded > length) {
            file.write(0);
        }
        return new WebpContainer(
                own ? width : canvas[0], own ? height : canvas[1], left, top, width, height, lossy, file.toByteArray());
    }

    private static String type(ByteReader in, long at) throws IOException {
        return new String(in.bytes(), in.range(at, 4), 4, StandardCharsets.ISO_8859_1);
    }

    private static int twentyFour(ByteReader in, long at) throws IOException {
        return in.sixteen(at) | in.eight(at + 2) << 16;
    }
}
