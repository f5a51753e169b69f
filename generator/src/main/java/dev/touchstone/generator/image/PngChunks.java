package dev.touchstone.generator.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;

/** The chunks behind a PNG's header, one after the other. */
final class PngChunks {

    private static final int PALETTE_COLOURS = 3;

    private final String name;
    private final byte[] png;
    private final PngHeader header;
    private final PngRules.Extent extent;
    private int at = PngHeader.LENGTH;
    private byte[] palette = new byte[0];

    PngChunks(String name, byte[] png, PngHeader header, PngRules.Extent extent) {
        this.name = name;
        this.png = png;
        this.header = header;
        this.extent = extent;
    }

    /** Red, green and blue of each entry; empty before it was met. */
    byte[] palette() {
        return palette;
    }

    /** Hands the next compressed pixels over; false where there are no more. */
    boolean feed(Inflater inflater) {
        while (true) {
            int start = at;
            String type = next();
            switch (type) {
                case "IDAT" -> {
                    if (header.colourType() == PALETTE_COLOURS && palette.length == 0) {
                        throw new ImageFileException(name, "expected a palette, found none");
                    }
                    inflater.setInput(png, start + 8, at - start - 12);
                    return true;
                }
                case "PLTE" -> palette = Arrays.copyOfRange(png, start + 8, at - 4);
                case "IEND" -> {
                    at = start;
                    return false;
                }
                default -> {}
            }
        }
    }

    /** Checks what stands behind the pixels, if the rules ask for it. */
    void finish() {
        while (extent == PngRules.Extent.WHOLE_FILE && !next().equals("IEND")) {
            // Further pixels and metadata are of no account, but must be sound.
        }
    }

    /** Steps over a chunk, which is checked as the rules ask. */
    private String next() {
        int length = png.length - at < 12 ? -1 : PngHeader.integer(png, at);
        if (length < 0 || length > png.length - at - 12) {
            throw new ImageFileException(
                    name,
                    "expected a whole PNG file, found one that is truncated at byte " + png.length + " (chunk at byte "
                            + at + ")");
        }
        String type = type(png, at);
        boolean known = type.equals("IDAT") || type.equals("PLTE");
        if (known || extent == PngRules.Extent.WHOLE_FILE) {
            requireCheckSum(name, png, at, length);
            // Metadata, colour profiles and transparency do not change the samples that are kept.
            if (!known && !type.equals("IEND") && Character.isUpperCase(type.charAt(0))) {
                throw new ImageFileException(name, "expected chunks that PNG defines, found " + type);
            }
        }
        at += 12 + length;
        return type;
    }

    static void requireCheckSum(String name, byte[] png, int chunk, int length) {
        CRC32 sum = new CRC32();
        sum.update(png, chunk + 4, length + 4);
        if ((int) sum.getValue() != PngHeader.integer(png, chunk + 8 + length)) {
            throw new ImageFileException(
                    name,
                    "expected chunk " + type(png, chunk) + " at byte " + chunk
                            + " as it was written, found a wrong check sum;" + " the file is damaged");
        }
    }

    private static String type(byte[] png, int chunk) {
        return new String(png, chunk + 4, 4, StandardCharsets.ISO_8859_1);
    }
}
