package dev.touchstone.metrics.image.jpeg;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.io.IOException;
import java.util.Arrays;

/**
 * A JPEG file: baseline, extended with 8 bits, and progressive, Huffman-coded, of 1, 3 or 4 components. Pixels equal those of
 * libjpeg-turbo 2.1 with its default settings (accurate integer transform, triangle-filtered chroma). Strict where that library
 * warns: bits that are missing, wrong or left over, and scans that are missing, are errors.
 */
public final class JpegFile {

    private final JpegParser parser;

    private JpegFile(JpegParser parser) {
        this.parser = parser;
    }

    /**
     * Reads the markers up to the frame header; nothing is decoded.
     *
     * @throws dev.touchstone.metrics.image.UnsupportedImageException if it is of a kind that is not decoded
     * @throws IOException if the header is damaged
     */
    public static JpegFile open(byte[] bytes) throws IOException {
        JpegParser parser = new JpegParser(bytes);
        parser.readToFrame();
        return new JpegFile(parser);
    }

    public int widthPixels() {
        return parser.frame().width();
    }

    public int heightPixels() {
        return parser.frame().height();
    }

    /** 1, 3 or 4. */
    public int components() {
        return parser.frame().components().size();
    }

    /**
     * Decodes the pixels, once.
     *
     * @throws dev.touchstone.metrics.image.UnsupportedImageException if it is of a kind that is not decoded
     * @throws IOException if the file is damaged or ends early
     */
    public SourceImage decode() throws IOException {
        JpegFrame frame = parser.frame();
        JpegColours colours = JpegColours.of(frame.components(), parser.jfif(), parser.adobe());
        if (!colours.hasInks()) {
            return SourceImage.opaque(new RgbImage(frame.width(), frame.height(), decode(3, colours::convert)));
        }
        byte[] cmyk = decode(4, colours::inks);
        byte[] rgb = new byte[cmyk.length / 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = RgbImage.inked(cmyk[i / 3 * 4 + i % 3] & 0xff, 255 - (cmyk[i / 3 * 4 + 3] & 0xff));
        }
        return SourceImage.inks(new RgbImage(frame.width(), frame.height(), rgb), cmyk);
    }

    /**
     * As {@link #decode}, whatever the file says of its colours: three components, taken as YCbCr.
     *
     * @return {@code [height, width, 3]}
     */
    public byte[] decodeYcc() throws IOException {
        return decode(3, JpegColours.YCC::convert);
    }

    /**
     * As {@link #decode}, without a change of colours.
     *
     * @return {@code [height, width, components]}
     */
    public byte[] decodeComponents() throws IOException {
        int count = components();
        return decode(count, (rows, width, samples, out) -> {
            for (int i = 0; i < count; i++) {
                for (int x = 0; x < width; x++) {
                    samples[out + x * count + i] = (byte) rows[i][x];
                }
            }
        });
    }

    private byte[] decode(int channels, RowConversion conversion) throws IOException {
        parser.readScans();
        JpegFrame frame = parser.frame();
        int count = components();
        Upsampling[] upsampling = frame.components().stream()
                .map(component -> new Upsampling(component, frame))
                .toArray(Upsampling[]::new);
        int[][] rows = new int[count][frame.width() + 2];
        byte[] samples = new byte[Math.multiplyExact(Math.multiplyExact(frame.width(), frame.height()), channels)];
        for (int y = 0; y < frame.height(); y++) {
            for (int i = 0; i < count; i++) {
                upsampling[i].row(y, rows[i]);
            }
            conversion.convert(rows, frame.width(), samples, y * frame.width() * channels);
        }
        return samples;
    }

    /** Writes a row of pixels at {@code out}. */
    private interface RowConversion {
        void convert(int[][] rows, int width, byte[] samples, int out);
    }

    /** The TIFF structure of the first EXIF block before the frame; empty where there is none. */
    public byte[] exif() {
        return Arrays.copyOf(parser.exif(), parser.exif().length);
    }
}
