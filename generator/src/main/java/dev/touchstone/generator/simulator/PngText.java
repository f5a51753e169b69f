package dev.touchstone.generator.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes a text into a PNG file, as image servers do. */
final class PngText {

    /** Signature and IHDR, after which texts may stand. */
    private static final int BEGIN = 8 + 25;

    private PngText() {}

    /** The file with a text chunk of this keyword; what Latin-1 does not have becomes a question mark. */
    static byte[] with(byte[] png, String keyword, String text) {
        byte[] data = (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
        chunk.put("tEXt".getBytes(StandardCharsets.ISO_8859_1)).put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, data.length + 4);
        chunk.putInt((int) crc.getValue());
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, BEGIN)
                .put(chunk.array())
                .put(png, BEGIN, png.length - BEGIN)
                .array();
    }
}
