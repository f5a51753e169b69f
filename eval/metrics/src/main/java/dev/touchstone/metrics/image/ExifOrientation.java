package dev.touchstone.metrics.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Turns a photograph the way its EXIF block says: values 1 to 8 of tag 274. */
final class ExifOrientation {

    private static final int TAG = 274;

    private ExifOrientation() {}

    static RgbImage apply(RgbImage image, byte[] jpeg, Orientation orientation) throws IOException {
        if (orientation == Orientation.AS_STORED) {
            return image;
        }
        JpegHeader header = JpegHeader.read(jpeg);
        int value = header.exifOffset() < 0
                ? 1
                : value(ByteBuffer.wrap(jpeg, header.exifOffset(), header.exifLength())
                        .slice());
        return value == 1 ? image : turn(image, value);
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

    /** Values 5 to 8 exchange the sides. */
    static RgbImage turn(RgbImage image, int value) {
        int w = image.widthPixels();
        int h = image.heightPixels();
        int width = value >= 5 ? h : w;
        int height = value >= 5 ? w : h;
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int sx = switch (value) {
                    case 2, 3 -> w - 1 - x;
                    case 5, 8 -> value == 8 ? w - 1 - y : y;
                    case 6 -> y;
                    case 7 -> w - 1 - y;
                    default -> x;
                };
                int sy = switch (value) {
                    case 3, 4 -> h - 1 - y;
                    case 5, 8 -> x;
                    case 6, 7 -> h - 1 - x;
                    default -> y;
                };
                System.arraycopy(image.rgb(), (sy * w + sx) * 3, rgb, (y * width + x) * 3, 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }
}
