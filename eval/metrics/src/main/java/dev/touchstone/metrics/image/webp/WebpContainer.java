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
 * @param frame the frame as a WebP file of its own
 */
record WebpContainer(
        int width, int height, int left, int top, int frameWidth, int frameHeight, boolean lossy, byte[] frame) {

    private static final int HEADER = 12;

    static WebpContainer read(byte[] bytes) throws IOException {
        ByteReader in = new ByteReader(bytes, ByteOrder.LITTLE_ENDIAN);
        long end = 8 + in.thirtyTwo(4);
        in.range(0, end);
        int[] canvas = {0, 0};
        long alpha = -1;
        for (long at = HEADER; at + 8 <= end; ) {
            String type = type(in, at);
            long length = in.thirtyTwo(at + 4);
            long data = in.range(at + 8, length);
            switch (type) {
                case "VP8X" -> canvas = new int[] {1 + twentyFour(in, data + 4), 1 + twentyFour(in, data + 7)};
                case "ALPH" -> alpha = at;
                case "VP8 ", "VP8L" -> {
                    return frame(in, at, alpha, canvas, new int[] {0, 0});
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
        long alpha = -1;
        for (long at = data + 16; at + 8 <= data + length; ) {
            String type = type(in, at);
            if (type.equals("VP8 ") || type.equals("VP8L")) {
                int[] corner = {2 * twentyFour(in, data), 2 * twentyFour(in, data + 3)};
                return frame(in, at, alpha, canvas, corner);
            }
            alpha = type.equals("ALPH") ? at : alpha;
            long inside = in.thirtyTwo(at + 4);
            at += 8 + inside + (inside & 1);
        }
        throw new IOException("no picture in the first frame");
    }

    /** @param alpha where the chunk of a lossy picture's transparency begins; -1 where there is none */
    private static WebpContainer frame(ByteReader in, long at, long alpha, int[] canvas, int[] corner)
            throws IOException {
        boolean lossy = type(in, at).equals("VP8 ");
        int data = in.range(at + 8, in.thirtyTwo(at + 4));
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
        if (!own && (corner[0] + width > canvas[0] || corner[1] + height > canvas[1])) {
            throw new IOException("a frame beyond its canvas");
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        if (lossy && alpha >= 0) {
            chunks.writeBytes("VP8X".getBytes(StandardCharsets.US_ASCII));
            number(chunks, 10, 4);
            number(chunks, 0x10, 4);
            number(chunks, width - 1, 3);
            number(chunks, height - 1, 3);
            chunk(in, alpha, chunks);
        }
        chunk(in, at, chunks);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        number(file, chunks.size(), 4);
        file.writeBytes(chunks.toByteArray());
        return new WebpContainer(
                own ? width : canvas[0],
                own ? height : canvas[1],
                corner[0],
                corner[1],
                width,
                height,
                lossy,
                file.toByteArray());
    }

    private static void chunk(ByteReader in, long at, ByteArrayOutputStream out) throws IOException {
        long length = in.thirtyTwo(at + 4);
        out.write(in.bytes(), in.range(at, 8 + length), (int) (8 + length));
        if ((length & 1) != 0) {
            out.write(0);
        }
    }

    private static void number(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >> 8 * i);
        }
    }

    private static String type(ByteReader in, long at) throws IOException {
        return new String(in.bytes(), in.range(at, 4), 4, StandardCharsets.ISO_8859_1);
    }

    private static int twentyFour(ByteReader in, long at) throws IOException {
        return in.sixteen(at) | in.eight(at + 2) << 16;
    }
}
