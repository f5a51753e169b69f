package dev.touchstone.metrics.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/** The first frame of a GIF on its screen. */
final class GifScreen {

    private GifScreen() {}

    /** Called with the screen's sides before anything is decoded. */
    interface SizeCheck {
        void check(long width, long height);
    }

    static RgbImage compose(ImageReader reader, byte[] bytes, SizeCheck check) throws IOException {
        if (bytes.length < 13) {
            throw new IOException("the end of the file after " + bytes.length + " bytes");
        }
        int width = sixteenBits(bytes, 6);
        int height = sixteenBits(bytes, 8);
        check.check(width, height);
        BufferedImage frame = reader.read(0);
        int[] position = framePosition(bytes);
        RgbImage pixels = RasterConversion.toRgb(frame);
        if (position[0] == 0 && position[1] == 0 && frame.getWidth() == width && frame.getHeight() == height) {
            return pixels;
        }
        byte[] rgb = new byte[width * height * 3];
        int columns = Math.min(frame.getWidth(), width - position[0]);
        for (int y = 0; y < frame.getHeight() && y + position[1] < height && columns > 0; y++) {
            System.arraycopy(
                    pixels.rgb(),
                    y * frame.getWidth() * 3,
                    rgb,
                    ((y + position[1]) * width + position[0]) * 3,
                    columns * 3);
        }
        return new RgbImage(width, height, rgb);
    }

    /** Left and top of the first frame: extension blocks are stepped over. */
    private static int[] framePosition(byte[] bytes) throws IOException {
        int at = 13 + ((bytes[10] & 0x80) != 0 ? 3 << ((bytes[10] & 7) + 1) : 0);
        while (at + 9 < bytes.length) {
            if (bytes[at] == 0x2c) {
                return new int[] {sixteenBits(bytes, at + 1), sixteenBits(bytes, at + 3)};
            }
            if (bytes[at] != 0x21) {
                break;
            }
            at += 2;
            while (at < bytes.length && bytes[at] != 0) {
                at += 1 + (bytes[at] & 0xff);
            }
            at++;
        }
        throw new IOException("no frame");
    }

    private static int sixteenBits(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }
}
