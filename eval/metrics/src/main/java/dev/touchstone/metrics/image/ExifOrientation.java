package dev.touchstone.metrics.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns a photograph the way its EXIF block says: values 1 to 8 of tag 274. */
final class ExifOrientation {

    private static final int TAG = 274;

    private ExifOrientation() {}

    /** @param exif the TIFF structure of an EXIF block; empty where there is none */
    static SourceImage apply(SourceImage image, byte[] exif) {
        int value = value(ByteBuffer.wrap(exif));
        return value == 1 ? image : image.turned(value);
    }

    private static int value(ByteBuffer tiff) {
        if (tiff.limit() < 8) {
            return 1;
        }
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return 1;
        }
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (entry > tiff.limit() - 12) {
                return 1;
            }
            if ((tiff.getShort(entry) & 0xffff) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xffff;
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }
}
