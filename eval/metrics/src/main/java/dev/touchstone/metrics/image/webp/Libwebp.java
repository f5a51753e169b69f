package dev.touchstone.metrics.image.webp;

import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** libwebp of the library at hand, checked once, and the decoder in Java that stands in for it on lossless pictures. */
final class Libwebp {

    /** A lossy picture of 23 x 19 pixels with sharp changes of colour, quality 60, made by Pillow 9.4.0 with libwebp 1.2.4. */
    private static final String KNOWN_PICTURE =
            "UklGRiwBAABXRUJQVlA4ICABAACQCACdASoXABMAPrVSok0nJKMiKAgA4BaJbACdMoR5n6bw7Thv"
                    + "NAwGcA87u7m/9j/cvhM/VX9o/aqAc/+KSpErP2bmOu+j3J74zcxKAAD+9rLziBD21BUmmVQUdFccb/Ui0kD05EH1grv69plLXBbc"
                    + "P/M5nxElRgmSV1zsvYWYV5LASQM169dyj26jTDcBtkIbCd26tDDiiw4RZdu57tpi+Zg6Wd/+nU0f5+0B7sUt3Bdmxd3h/U8Pym/O"
                    + "9kTTvhmYI4ZOETJT7vRacWt/RqpX+iH4nY9vA2G5ioTPt/+O3PR7F9v/Yy39dPn9v+lz8GQu7i96vcIu8UJVlU+ncawafVYXR/8v"
                    + "gTrOBQ/1D/BQ3h/9q/3qbwSMBSlzyu5jwAA=";

    /** SHA-256 of its RGB samples as Pillow 9.4.0 with libwebp 1.2.4 reads them. */
    private static final String KNOWN_PIXELS = "637a8747e8b10f2858ff0509ced3149faa8b99375afb94ff4ae63d494248faed";

    private Libwebp() {}

    /** Checked at first use. */
    private static final class Check {
        private static final Optional<String> PROBLEM = check();

        private static Optional<String> check() {
            try {
                RgbImage image =
                        decode(Base64.getDecoder().decode(KNOWN_PICTURE)).rgb();
                return Sha256.of(image.rgb()).equals(KNOWN_PIXELS)
                        ? Optional.empty()
                        : Optional.of("it gives other pixels of a known picture");
            } catch (IOException | RuntimeException | LinkageError e) {
                return Optional.of("it cannot be loaded (" + e + ")");
            }
        }
    }

    /** Why libwebp is not to be used on this machine; empty where it is right. */
    static Optional<String> problem() {
        return Check.PROBLEM;
    }

    /** Decodes a simple WebP file by libwebp. */
    static SourceImage decode(byte[] file) throws IOException {
        return decode(new com.luciad.imageio.webp.WebPImageReaderSpi(), file);
    }

    /** Decodes a lossless WebP file in Java. */
    static SourceImage decodeInJava(byte[] file) throws IOException {
        return decode(new com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi(), file);
    }

    private static SourceImage decode(ImageReaderSpi provider, byte[] file) throws IOException {
        ImageReader reader = provider.createReaderInstance();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, false, true);
            return source(reader.read(0));
        } catch (OutOfMemoryError e) {
            // The library throws one without a message for libwebp's status of that name, which damaged data lead to as
            // well.
            if (e.getMessage() != null) {
                throw e;
            }
            throw new IOException("data for which libwebp finds no memory", e);
        } finally {
            reader.dispose();
        }
    }

    private static SourceImage source(BufferedImage image) {
        RgbImage rgb = RgbImage.of(image);
        if (!image.getColorModel().hasAlpha()) {
            return SourceImage.opaque(rgb);
        }
        int width = image.getWidth();
        int[] argb = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        byte[] alpha = new byte[argb.length];
        for (int i = 0; i < alpha.length; i++) {
            alpha[i] = (byte) (argb[i] >>> 24);
        }
        return SourceImage.transparent(rgb, alpha);
    }
}
