package dev.touchstone.generator.backend.comfyui;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes out of a picture file what a server writes into it beside the picture: these servers put prompt, model files and the whole workflow
 * into PNG text chunks, and into EXIF and comments of JPEG and WebP. The picture's own data stays as it is, to the byte. A file of another
 * form, or one that is damaged, is handed back as it came.
 */
final class PictureTexts {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final Set<String> PNG_TEXTS = Set.of("tEXt", "zTXt", "iTXt", "eXIf", "tIME");
    private static final Set<String> WEBP_TEXTS = Set.of("EXIF", "XMP ");
    /** Bits of VP8X that say that there is EXIF (3) and XMP (2). */
    private static final int WEBP_TEXT_FLAGS = 0x0C;

    private PictureTexts() {}

    /** The file without texts. */
    static byte[] removed(byte[] file) {
        try {
            if (starts(file, PNG)) {
                return png(file);
            }
            if (file.length > 3 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8) {
                return jpeg(file);
            }
            boolean riff = file.length > 12
                    && name(file, 0).equals("RIFF")
                    && name(file, 8).equals("WEBP");
            return riff ? webp(file) : file;
        } catch (IndexOutOfBoundsException e) {
            return file; // damaged; the decoder says how
        }
    }

    private static byte[] png(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, PNG.length);
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = PNG.length;
        while (at < file.length) {
            long length = 12L + Integer.toUnsignedLong(buffer.getInt(at));
            if (at + length > file.length) {
                throw new IndexOutOfBoundsException();
            }
            if (!PNG_TEXTS.contains(name(file, at + 4))) {
                out.write(file, at, (int) length);
            }
            at += (int) length;
        }
        return out.toByteArray();
    }

    private static byte[] jpeg(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 2);
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = 2;
        while ((file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) != 0xDA) {
            int marker = file[at + 1] & 0xFF;
            int length = 2 + (buffer.getShort(at + 2) & 0xFFFF);
            if (at + length > file.length) {
                throw new IndexOutOfBoundsException();
            }
            if (marker != 0xE1 && marker != 0xFE && marker != 0xED) { // EXIF and XMP, comment, IPTC
                out.write(file, at, length);
            }
            at += length;
        }
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }

    private static byte[] webp(byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 12);
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (at + 8 <= file.length) {
            long size = Integer.toUnsignedLong(buffer.getInt(at + 4));
            int length = (int) Math.min(8 + size + (size & 1), file.length - (long) at);
            if (!WEBP_TEXTS.contains(name(file, at))) {
                byte[] chunk = java.util.Arrays.copyOfRange(file, at, at + length);
                if (name(file, at).equals("VP8X")) {
                    chunk[8] &= (byte) ~WEBP_TEXT_FLAGS;
                }
                out.writeBytes(chunk);
            }
            at += length;
        }
        byte[] written = out.toByteArray();
        ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).putInt(4, written.length - 8);
        return written;
    }

    private static boolean starts(byte[] file, byte[] with) {
        return file.length > with.length && java.util.Arrays.equals(file, 0, with.length, with, 0, with.length);
    }

    private static String name(byte[] file, int at) {
        if (at + 4 > file.length) {
            throw new IndexOutOfBoundsException();
        }
        return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }
}
