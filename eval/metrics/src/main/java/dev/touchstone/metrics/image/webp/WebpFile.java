package dev.touchstone.metrics.image.webp;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SizeCheck;
import dev.touchstone.metrics.image.SourceImage;
import dev.touchstone.metrics.image.SourceImage.Stored;
import dev.touchstone.metrics.image.UnsupportedImageException;
import java.io.IOException;
import java.util.Optional;

/**
 * A WebP file, lossy or lossless: its first frame on its canvas, black where it does not reach; alpha dropped, colours under it as
 * stored. Lossless pictures are read in Java where libwebp does not work; lossy ones are refused there.
 */
public final class WebpFile {

    private WebpFile() {}

    /**
     * Decodes the first frame.
     *
     * @throws UnsupportedImageException if it is lossy and libwebp does not work on this machine
     * @throws IOException if the file is damaged or ends early
     */
    public static SourceImage decode(byte[] bytes, SizeCheck check) throws IOException {
        WebpContainer container = WebpContainer.read(bytes);
        check.check(container.width(), container.height());
        Optional<String> problem = Libwebp.problem();
        if (problem.isPresent() && container.lossy()) {
            throw new UnsupportedImageException("a lossy WebP, and libwebp is not to be used here: " + problem.get());
        }
        SourceImage frame =
                problem.isEmpty() ? Libwebp.decode(container.frame()) : Libwebp.decodeInJava(container.frame());
        RgbImage rgb = frame.rgb();
        if (rgb.widthPixels() != container.frameWidth() || rgb.heightPixels() != container.frameHeight()) {
            throw new IOException("a picture of " + rgb.widthPixels() + " x " + rgb.heightPixels() + " pixels");
        }
        if (rgb.widthPixels() == container.width() && rgb.heightPixels() == container.height()) {
            return frame;
        }
        RgbImage canvas = new RgbImage(container.width(), container.height(), onCanvas(container, rgb.rgb(), 3));
        return frame.stored() instanceof Stored.Transparent transparent
                ? SourceImage.transparent(canvas, onCanvas(container, transparent.alpha(), 1))
                : SourceImage.opaque(canvas);
    }

    private static byte[] onCanvas(WebpContainer container, byte[] samples, int step) {
        byte[] canvas = new byte[Math.multiplyExact(container.width() * container.height(), step)];
        int rowBytes = container.frameWidth() * step;
        for (int y = 0; y < container.frameHeight(); y++) {
            int to = ((container.top() + y) * container.width() + container.left()) * step;
            System.arraycopy(samples, y * rowBytes, canvas, to, rowBytes);
        }
        return canvas;
    }
}
