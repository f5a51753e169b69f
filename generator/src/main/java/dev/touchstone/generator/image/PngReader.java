package dev.touchstone.generator.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes the bytes of one PNG file. */
final class PngReader {

    /** First column, first row, column step, row step of Adam7's passes. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private final String name;
    private final byte[] png;
    private final PngHeader header;
    private byte[] palette = new byte[0];

    PngReader(String name, byte[] png) {
        this.name = name;
        this.png = png;
        this.header = PngHeader.read(name, png);
    }

    RgbImage decode() {
        byte[] compressed = chunks();
        if (header.colourType() == 3 && palette.length == 0) {
            throw new ImageFileException(name, "expected a palette, found none");
        }
        byte[] rgb = new byte[header.widthPixels() * header.heightPixels() * 3];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            for (int[] pass : header.interlaced() ? PASSES : ONE_PASS) {
                pass(inflater, pass, rgb);
            }
        } finally {
            inflater.end();
        }
        return new RgbImage(header.widthPixels(), header.heightPixels(), rgb);
    }

    /** Verifies every chunk and joins the compressed pixels. */
    private byte[] chunks() {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream(png.length);
        int at = PngHeader.SIGNATURE.length;
        while (true) {
            if (png.length - at < 12) {
                throw truncated(at);
            }
            int length = PngHeader.integer(png, at);
            if (length < 0 || length > png.length - at - 12) {
                throw truncated(at);
            }
            CRC32 check = new CRC32();
            check.update(png, at + 4, length + 4);
            String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if ((int) check.getValue() != PngHeader.integer(png, at + 8 + length)) {
                throw new ImageFileException(
                        name, "expected the checksum of chunk " + type + " at byte " + at + " to match; it is damaged");
            }
            switch (type) {
                case "IDAT" -> pixels.write(png, at + 8, length);
                case "PLTE" -> palette = Arrays.copyOfRange(png, at + 8, at + 8 + length);
                case "IEND" -> {
                    return pixels.toByteArray();
                }
                default -> {
                    // Metadata, colour profiles and transparency do not change the samples that are kept.
                    if (Character.isUpperCase(type.charAt(0)) && !type.equals("IHDR")) {
                        throw new ImageFileException(name, "expected chunks that PNG defines, found " + type);
                    }
                }
            }
            at += 12 + length;
        }
    }

    private ImageFileException truncated(int at) {
        return new ImageFileException(
                name,
                "expected a whole PNG file, found one that is truncated at byte " + png.length + " (chunk at byte " + at
                        + ")");
    }

    private void pass(Inflater inflater, int[] pass, byte[] rgb) {
        int width = (header.widthPixels() - pass[0] + pass[2] - 1) / pass[2];
        int height = (header.heightPixels() - pass[1] + pass[3] - 1) / pass[3];
        if (width <= 0 || height <= 0) {
            return;
        }
        int stride = (width * header.bitsPerPixel() + 7) / 8;
        int pixelBytes = Math.max(1, header.bitsPerPixel() / 8);
        byte[] above = new byte[stride];
        byte[] row = new byte[stride];
        byte[] kind = new byte[1];
        for (int y = 0; y < height; y++) {
            inflate(inflater, kind);
            inflate(inflater, row);
            if (kind[0] < 0 || kind[0] >= PngFilter.KINDS) {
                throw new ImageFileException(name, "expected a row filter in [0, 4], found " + (kind[0] & 0xff));
            }
            if (kind[0] != 0) {
                for (int i = 0; i < stride; i++) {
                    row[i] += (byte) PngFilter.predict(kind[0], row, above, i, pixelBytes);
                }
            }
            int line = (pass[1] + y * pass[3]) * header.widthPixels();
            for (int x = 0; x < width; x++) {
                pixel(row, x, rgb, (line + pass[0] + x * pass[2]) * 3);
            }
            byte[] spare = above;
            above = row;
            row = spare;
        }
    }

    private void inflate(Inflater inflater, byte[] into) {
        int filled = 0;
        try {
            while (filled < into.length) {
                int some = inflater.inflate(into, filled, into.length - filled);
                if (some == 0) {
                    throw new ImageFileException(
                            name, "expected pixels for " + header.heightPixels() + " rows, found fewer");
                }
                filled += some;
            }
        } catch (DataFormatException e) {
            throw new ImageFileException(name, "expected compressed pixels, found damaged data", e);
        }
    }

    private void pixel(byte[] row, int x, byte[] rgb, int to) {
        switch (header.colourType()) {
            case 0, 4 -> {
                byte grey = grey(row, x);
                rgb[to] = grey;
                rgb[to + 1] = grey;
                rgb[to + 2] = grey;
            }
            case 3 -> {
                int entry = packed(row, x) * 3;
                if (entry + 2 >= palette.length) {
                    throw new ImageFileException(
                            name, "expected a colour of the palette's " + palette.length / 3 + ", found " + entry / 3);
                }
                System.arraycopy(palette, entry, rgb, to, 3);
            }
            default -> {
                int sampleBytes = header.bitDepth() / 8;
                int from = x * header.samplesPerPixel() * sampleBytes;
                rgb[to] = row[from];
                rgb[to + 1] = row[from + sampleBytes];
                rgb[to + 2] = row[from + 2 * sampleBytes];
            }
        }
    }

    private byte grey(byte[] row, int x) {
        if (header.bitDepth() < 8) {
            return (byte) (packed(row, x) * 255 / ((1 << header.bitDepth()) - 1));
        }
        return row[x * header.samplesPerPixel() * header.bitDepth() / 8];
    }

    /** A sample of at most 8 bits, several to a byte, high bits first. */
    private int packed(byte[] row, int x) {
        int bit = x * header.bitDepth();
        return (row[bit >> 3] & 0xff) >> (8 - header.bitDepth() - (bit & 7)) & (1 << header.bitDepth()) - 1;
    }
}
