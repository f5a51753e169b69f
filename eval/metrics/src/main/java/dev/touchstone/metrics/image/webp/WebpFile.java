package dev.touchstone.metrics.image.webp;

import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SizeCheck;
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
    public static RgbImage decode(byte[] bytes, SizeCheck check) throws IOException {
        WebpContainer container = WebpContainer.read(bytes);
        check.check(container.width(), container.height());
        Optional<String> problem = Libwebp.problem();
        if (problem.isPresent() && container.lossy()) {
            throw new UnsupportedImageException("a lossy WebP, and libwebp is not to be used here: " + problem.get());
        }
        RgbImage frame =
                problem.isEmpty() ? Libwebp.decode(container.frame()) : Libwebp.decodeInJava(container.frame());
        if (frame.widthPixels() != container.frameWidth() || frame.heightPixels() != container.frameHeight()) {
            throw new IOException("a picture of " + frame.widthPixels() + " x " + frame.heightPixels() + " pixels");
        }
        if (frame.widthPixels() == container.width() && frame.heightPixels() == container.height()) {
            return frame;
        }
        byte[] rgb = new byte[Math.multiplyExact(container.width() * container.height(), 3)];
        int rowBytes = frame.widthPixels() * 3;
        for (int y = 0; y < frame.heightPixels(); y++) {
            int to = ((container.top() + y) * container.width() + container.left()) * 3;
            System.arraycopy(frame.rgb(), y * rowBytes, rgb, to, rowBytes);
        }
        return new RgbImage(container.width(), container.height(), rgb);
    }
}
