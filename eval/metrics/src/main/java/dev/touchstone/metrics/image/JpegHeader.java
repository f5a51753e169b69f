package dev.touchstone.metrics.image;

import java.io.IOException;

/**
 * What the markers before the pixels say.
 *
 * @param adobeTransform value of the Adobe marker: 0 none, 1 YCC, 2 YCCK; -1 where there is no such marker
 * @param exifOffset offset of the TIFF structure of an EXIF block; -1 where there is none
 */
record JpegHeader(int width, int height, int components, int adobeTransform, int exifOffset, int exifLength) {

    static JpegHeader read(byte[] bytes) throws IOException {
        int adobe = -1;
        int exif = -1;
        int exifLength = 0;
        int at = 2;
        while (at + 4 <= bytes.length) {
            if ((bytes[at] & 0xff) != 0xff) {
                throw new IOException("no marker at byte " + at);
            }
            int marker = bytes[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
                at += 2;
                continue;
            }
            int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            if (length < 2 || at + 2 + length > bytes.length) {
                break;
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame && length >= 8) {
                int height = (bytes[at + 5] & 0xff) << 8 | bytes[at + 6] & 0xff;
                int width = (bytes[at + 7] & 0xff) << 8 | bytes[at + 8] & 0xff;
                return new JpegHeader(width, height, bytes[at + 9] & 0xff, adobe, exif, exifLength);
            }
            if (marker == 0xee && length >= 14 && startsWith(bytes, at + 4, "Adobe")) {
                adobe = bytes[at + 15] & 0xff;
            }
            if (marker == 0xe1 && length >= 16 && startsWith(bytes, at + 4, "Exif\0\0") && exif < 0) {
                exif = at + 10;
                exifLength = length - 8;
            }
            at += 2 + length;
        }
        throw new IOException("no frame header");
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
