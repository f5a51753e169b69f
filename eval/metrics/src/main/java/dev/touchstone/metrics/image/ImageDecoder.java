package dev.touchstone.metrics.image;

import dev.touchstone.metrics.image.bmp.BmpFile;
import dev.touchstone.metrics.image.gif.GifFile;
import dev.touchstone.metrics.image.jpeg.JpegFile;
import dev.touchstone.metrics.image.png.ImageFileException;
import dev.touchstone.metrics.image.png.PngFile;
import dev.touchstone.metrics.image.png.PngHeader;
import dev.touchstone.metrics.image.png.PngRules;
import dev.touchstone.metrics.image.tiff.TiffFile;
import dev.touchstone.metrics.image.webp.WebpFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads PNG, JPEG, GIF, BMP, TIFF and WebP files as 8-bit RGB. The rules follow Pillow's {@code convert("RGB")}, which
 * the reference implementations use, but for 16-bit grey, where Pillow clips:
 *
 * <ul>
 *   <li>16 bits per channel: the high byte is taken, in grey as in colour.
 *   <li>Grey: the sample in all three channels, without gamma; 1, 2 and 4 bits are spread over [0, 255].
 *   <li>Palette: the colour of the entry, whatever its transparency.
 *   <li>Alpha: dropped; colours under it are taken as stored, but for TIFF's premultiplied ones, which are divided.
 *   <li>CMYK and YCCK: paper less ink, {@code (255 - C)(255 - K) / 255}; in JPEG 255 means no ink, with and without Adobe's marker.
 *   <li>Colour profiles and gamma are ignored: samples are taken as sRGB.
 *   <li>EXIF orientation: as {@link Orientation} says, by default not applied. TIFF's own orientation is always applied.
 *   <li>Animations and pages: the first one, on its canvas or screen.
 * </ul>
 *
 * <p>Width and height are read from the header and checked before any pixel is decoded. Where a decoder would warn, the file is
 * refused: one that ends early, or whose data do not fit, has no right pixels. A kind that is not converted is refused by its name.
 * Pixels are the same on every machine and JDK: all formats are decoded here in integers, but for WebP, which libwebp decodes.
 * Thread-safe.
 */
public final class ImageDecoder {

    /** Changes when the pixels of some file change: part of the key of what is kept of them. */
    public static final String VERSION = "decoder-2";

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
        return decodeSource(bytes, name).rgb();
    }

    /** As {@link #decode(byte[], String)}, with what the file held before it became RGB. */
    public SourceImage decodeSource(byte[] bytes, String name) {
        if (bytes.length == 0) {
            throw new ImageDecodeException(name + ": expected an image, found an empty file");
        }
        if (bytes.length > limits.fileBytes()) {
            throw new ImageDecodeException(name + ": expected at most " + limits.fileBytes()
                    + " bytes, found more; raise the limit to read it");
        }
        ImageFormat format = ImageFormat.of(bytes)
                .orElseThrow(() -> new ImageDecodeException(
                        name + ": expected PNG, JPEG, GIF, BMP, TIFF or WebP, found " + ForeignFile.describe(bytes)));
        SizeCheck check = (width, height) -> requireWithinLimits(width, height, name);
        try {
            return switch (format) {
                case PNG -> decodePng(bytes, name);
                case JPEG -> decodeJpeg(bytes, check);
                case GIF -> GifFile.decode(bytes, check);
                case BMP -> BmpFile.decode(bytes, check);
                case TIFF -> TiffFile.decode(bytes, check);
                case WEBP -> WebpFile.decode(bytes, check);
            };
        } catch (ImageDecodeException e) {
            throw e;
        } catch (UnsupportedImageException e) {
            throw new ImageDecodeException(
                    name + ": expected an image whose pixels can be read exactly, found " + e.getMessage()
                            + "; save it as PNG",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ImageDecodeException(
                    name + ": expected a whole " + format + " image, found " + describe(e) + "; the file is damaged",
                    e);
        }
    }

    private SourceImage decodePng(byte[] bytes, String name) {
        try {
            PngHeader header = PngFile.header(name, bytes);
            requireWithinLimits(header.widthPixels(), header.heightPixels(), name);
            return PngFile.decodeSource(
                    name, bytes, new PngRules(Integer.MAX_VALUE, limits.pixels(), PngRules.Extent.PIXELS));
        } catch (ImageFileException e) {
            throw new ImageDecodeException(e.getMessage(), e);
        }
    }

    private SourceImage decodeJpeg(byte[] bytes, SizeCheck check) throws IOException {
        JpegFile file = JpegFile.open(bytes);
        check.check(file.widthPixels(), file.heightPixels());
        SourceImage stored = file.decode();
        return orientation == Orientation.AS_STORED ? stored : ExifOrientation.apply(stored, file.exif());
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

    private static String describe(Exception e) {
        String message = e.getMessage();
        String type = e.getClass().getSimpleName();
        if (e.getClass() == IOException.class && message != null) {
            return message;
        }
        return message == null || message.isBlank() ? type : type + " (" + message + ")";
    }
}
