package dev.touchstone.metrics.image.png;

/**
 * What a PNG file says about itself before its pixels.
 *
 * @param widthPixels at least 1
 * @param heightPixels at least 1
 * @param bitDepth bits per sample: 1, 2, 4, 8 or 16
 * @param colourType PNG's number: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 * @param interlaced whether the pixels come in Adam7 order
 */
public record PngHeader(int widthPixels, int heightPixels, int bitDepth, int colourType, boolean interlaced) {

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    /** Of signature and header chunk: where the next chunk begins. */
    static final int LENGTH = SIGNATURE.length + 8 + 13 + 4;

    static PngHeader read(String name, byte[] png) {
        for (int i = 0; i < SIGNATURE.length; i++) {
            if (i >= png.length || png[i] != SIGNATURE[i]) {
                throw new ImageFileException(name, "expected a PNG file, found other contents");
            }
        }
        if (png.length < LENGTH || integer(png, 8) != 13 || integer(png, 12) != 0x49484452) {
            throw new ImageFileException(name, "expected a PNG header, found a truncated or damaged one");
        }
        PngChunks.requireCheckSum(name, png, SIGNATURE.length, 13);
        int width = integer(png, 16);
        int height = integer(png, 20);
        if (width < 1 || height < 1) {
            throw new ImageFileException(
                    name,
                    "expected sides of 1 to " + Integer.MAX_VALUE + " pixels, found " + (width & 0xffffffffL) + " x "
                            + (height & 0xffffffffL));
        }
        PngHeader header = new PngHeader(width, height, png[24] & 0xff, png[25] & 0xff, (png[28] & 0xff) == 1);
        if (!header.isDefined() || png[26] != 0 || png[27] != 0 || (png[28] & 0xff) > 1) {
            throw new ImageFileException(
                    name,
                    "expected a format that PNG defines, found colour type " + header.colourType + " with "
                            + header.bitDepth + " bits, compression " + png[26] + ", filter " + png[27]
                            + ", interlacing " + png[28]);
        }
        return header;
    }

    private boolean isDefined() {
        return switch (colourType) {
            case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
    }

    int samplesPerPixel() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    int bitsPerPixel() {
        return samplesPerPixel() * bitDepth;
    }

    static int integer(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }
}
