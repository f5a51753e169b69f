package dev.touchstone.metrics.image;

import dev.touchstone.metrics.image.png.ImageFileException;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.image.png.PngHeader;
import dev.touchstone.metrics.image.png.PngRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, GIF, BMP, TIFF and WebP files as 8-bit RGB. The rules follow Pillow's {@code convert("RGB")}, which
 * the reference implementations use, but for 16-bit grey, where Pillow clips:
 *
 * <ul>
 *   <li>16 bits per channel: the high byte is taken, in grey as in colour.
 *   <li>Grey: the sample in all three channels, without gamma; 1, 2 and 4 bits are spread over [0, 255].
 *   <li>Palette: the colour of the entry, whatever its transparency.
 *   <li>Alpha: dropped; colours under it are taken as stored.
 *   <li>CMYK and YCCK: {@code R = (255 - C) (255 - K) / 255} and likewise, rounded; Adobe's inverted samples are
 *       turned first.
 *   <li>Colour profiles and gamma are ignored: samples are taken as sRGB.
 *   <li>EXIF orientation: as {@link Orientation} says, by default not applied.
 *   <li>Animations and pages: the first one. A GIF frame smaller than its screen lies on black.
 * </ul>
 *
 * <p>Width and height are read from the header and checked before any pixel is decoded. JPEG samples come from the JDK's
 * decoder and differ from libjpeg-turbo's by a level or so; parity tests use PNG. Thread-safe.
 */
public final class ImageDecoder {

    private final DecodeLimits limits;
    private final Orientation orientation;

    /** With the default limits, pixels as stored. */
    public ImageDecoder() {
        this(DecodeLimits.DEFAULT, Orientation.AS_STORED);
    }

    public ImageDecoder(DecodeLimits limits, Orientation orientation) {
        this.limits = limits;
        this.orientation = orientation;
    }

    /**
     * Decodes a file.
     *
     * @throws ImageDecodeException if it cannot be read, is empty, of another format, damaged, or larger than the limits
     */
    public RgbImage decode(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) limits.fileBytes() + 1);
            return decode(bytes, file.toString());
        } catch (IOException e) {
            throw new ImageDecodeException(file + ": expected a readable image file, found " + describe(e), e);
        }
    }

    /**
     * Decodes bytes.
     *
     * @param name stands for the file in messages
     * @throws ImageDecodeException as {@link #decode(Path)}
     */
    public RgbImage decode(byte[] bytes, String name) {
        if (bytes.length == 0) {
            throw new ImageDecodeException(name + ": expected an image, found an empty file");
        }
        if (bytes.length > limits.fileBytes()) {
            throw new ImageDecodeException(name + ": expected at most " + limits.fileBytes()
                    + " bytes, found more; raise the limit to read it");
        }
        ImageFormat format = ImageFormat.of(bytes)
                .orElseThrow(() -> new ImageDecodeException(
                        name + ": expected PNG, JPEG, GIF, BMP, TIFF or WebP, found a file that starts with "
                                + firstBytes(bytes)));
        try {
            return switch (format) {
                case PNG -> decodePng(bytes, name);
                case JPEG -> ExifOrientation.apply(decodeJpeg(bytes, name), bytes, orientation);
                case GIF, BMP, TIFF, WEBP -> decodeWithReader(format, bytes, name);
            };
        } catch (ImageDecodeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new ImageDecodeException(
                    name + ": expected a whole " + format + " image, found " + describe(e) + "; the file is damaged",
                    e);
        }
    }

    private RgbImage decodePng(byte[] bytes, String name) {
        try {
            PngHeader header = PngFile.header(name, bytes);
            requireWithinLimits(header.widthPixels(), header.heightPixels(), name);
            return PngFile.decode(
                    name, bytes, new PngRules(Integer.MAX_VALUE, limits.pixels(), PngRules.Extent.PIXELS));
        } catch (ImageFileException e) {
            throw new ImageDecodeException(e.getMessage(), e);
        }
    }

    private RgbImage decodeJpeg(byte[] bytes, String name) throws IOException {
        JpegHeader header = JpegHeader.read(bytes);
        requireWithinLimits(header.width(), header.height(), name);
        if (header.components() != 4) {
            return decodeWithReader(ImageFormat.JPEG, bytes, name);
        }
        return withReader(
                ImageFormat.JPEG,
                bytes,
                (reader, parameters) -> CmykRaster.toRgb(reader.readRaster(0, parameters), header));
    }

    private RgbImage decodeWithReader(ImageFormat format, byte[] bytes, String name) throws IOException {
        return withReader(format, bytes, (reader, parameters) -> {
            requireWithinLimits(reader.getWidth(0), reader.getHeight(0), name);
            if (format == ImageFormat.GIF) {
                return GifScreen.compose(reader, bytes, (width, height) -> requireWithinLimits(width, height, name));
            }
            return RasterConversion.toRgb(reader.read(0, parameters));
        });
    }

    private static RgbImage withReader(ImageFormat format, byte[] bytes, Reading reading) throws IOException {
        ImageReader reader = reader(format);
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream, false, true);
            return reading.read(reader, reader.getDefaultReadParam());
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader where it has one, so that numbers do not change with what else is on the class path. */
    private static ImageReader reader(ImageFormat format) throws IOException {
        ImageReader other = null;
        for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.readerName());
                readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio")) {
                return reader;
            }
            other = reader;
        }
        if (other == null) {
            throw new IIOException("no reader for " + format);
        }
        return other;
    }

    private void requireWithinLimits(long width, long height, String name) {
        if (width < 1 || height < 1) {
            throw new ImageDecodeException(
                    name + ": expected sides of at least 1 pixel, found " + width + " x " + height);
        }
        if (width > limits.pixels() || width * height > limits.pixels()) {
            throw new ImageDecodeException(String.format(
                    Locale.ROOT,
                    "%s: expected at most %d pixels, found %d x %d = %d; nothing was decoded, raise the limit to read it",
                    name,
                    limits.pixels(),
                    width,
                    height,
                    width * height));
        }
    }

    private static String firstBytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            text.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", bytes[i]));
        }
        return text.toString();
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        String type = e.getClass().getSimpleName();
        return message == null || message.isBlank() ? type : type + " (" + message + ")";
    }

    private interface Reading {
        RgbImage read(ImageReader reader, ImageReadParam parameters) throws IOException;
    }
}
