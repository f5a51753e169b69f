package dev.touchstone.metrics.image.tiff;

import dev.touchstone.metrics.image.ByteReader;
import dev.touchstone.metrics.image.SizeCheck;
import dev.touchstone.metrics.image.SourceImage;
import dev.touchstone.metrics.image.jpeg.JpegFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A TIFF file: grey, palette, RGB and CMYK of up to 16 bits in strips or tiles, plain, LZW, Deflate, PackBits or JPEG. The first
 * picture, turned as its orientation tag says. 16-bit samples keep their high byte; premultiplied alpha is divided out, other alpha
 * dropped. What is not of these kinds is refused by its name.
 */
public final class TiffFile {

    private final TiffDirectory tags;
    private final ByteReader in;
    private final TiffLayout layout;

    private TiffFile(byte[] bytes) throws IOException {
        tags = new TiffDirectory(bytes);
        in = tags.in();
        layout = TiffLayout.of(tags);
    }

    /**
     * Decodes the first picture.
     *
     * @throws dev.touchstone.metrics.image.UnsupportedImageException if it is of a kind that is not converted
     * @throws IOException if it is damaged or ends early
     */
    public static SourceImage decode(byte[] bytes, SizeCheck check) throws IOException {
        TiffFile file = new TiffFile(bytes);
        check.check(file.layout.width(), file.layout.height());
        SourceImage stored =
                new TiffPixels(file.layout, file.tags.all(TiffDirectory.COLOUR_MAP)).toSource(file.samples());
        int orientation = file.tags.small(TiffDirectory.ORIENTATION, 1);
        return orientation >= 2 && orientation <= 8 ? stored.turned(orientation) : stored;
    }

    /** High bytes of all samples, or for fewer bits the samples themselves: {@code [height, width, samples]}. */
    private byte[] samples() throws IOException {
        byte[] all =
                new byte[Math.multiplyExact(Math.multiplyExact(layout.width(), layout.height()), layout.samples())];
        boolean tiled = tags.has(TiffDirectory.TILE_OFFSETS);
        long[] offsets = tags.all(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
        long[] counts = tags.all(tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES);
        int partWidth = tiled ? tags.small(TiffDirectory.TILE_WIDTH, 0) : layout.width();
        long rows = tiled
                ? tags.first(TiffDirectory.TILE_HEIGHT, 0)
                : Math.min(layout.height(), tags.first(TiffDirectory.ROWS_PER_STRIP, layout.height()));
        if (partWidth < 1 || rows < 1 || partWidth > layout.width() + 65536L || rows > layout.height() + 65536L) {
            throw new IOException("parts of " + partWidth + " x " + rows + " pixels");
        }
        int partHeight = (int) rows;
        int across = (layout.width() + partWidth - 1) / partWidth;
        int down = (layout.height() + partHeight - 1) / partHeight;
        int planes = layout.separate() ? layout.samples() : 1;
        if ((long) across * down * planes > offsets.length) {
            throw new IOException(offsets.length + " parts instead of " + (long) across * down * planes);
        }
        for (int i = 0; i < across * down * planes; i++) {
            int x = i % across * partWidth;
            int y = i / across % down * partHeight;
            int height = tiled ? partHeight : Math.min(partHeight, layout.height() - y);
            long length = i < counts.length ? counts[i] : in.length() - offsets[i];
            int from = in.range(offsets[i], length);
            copy(part(from, (int) length, partWidth, height), partWidth, height, x, y, i / (across * down), all);
        }
        return all;
    }

    /** One part, its samples in single bytes. */
    private byte[] part(int from, int length, int width, int height) throws IOException {
        if (layout.compression() == TiffCompression.JPEG) {
            return jpeg(Arrays.copyOfRange(in.bytes(), from, from + length), width, height);
        }
        int rowBytes = layout.rowBytes(width);
        byte[] raw = TiffCompression.unpack(
                layout.compression(), in.bytes(), from, length, Math.multiplyExact(rowBytes, height));
        if (tags.first(TiffDirectory.FILL_ORDER, 1) == 2) {
            for (int i = 0; i < raw.length; i++) {
                raw[i] = (byte) (Integer.reverse(raw[i]) >>> 24);
            }
        }
        if (layout.predictor() == 2) {
            undoDifferences(raw, rowBytes, height);
        }
        int bits = layout.bits();
        if (bits == 8) {
            return raw;
        }
        int rowSamples = width * layout.together();
        byte[] samples = new byte[rowSamples * height];
        int high = in.order() == ByteOrder.LITTLE_ENDIAN ? 1 : 0;
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < rowSamples; k++) {
                samples[y * rowSamples + k] = bits == 16
                        ? raw[y * rowBytes + 2 * k + high]
                        : (byte) ((raw[y * rowBytes + k * bits / 8] & 0xff) >> (8 - bits - k * bits % 8)
                                & (1 << bits) - 1);
            }
        }
        return samples;
    }

    private void undoDifferences(byte[] raw, int rowBytes, int height) {
        int step = layout.together();
        for (int y = 0; y < height; y++) {
            int row = y * rowBytes;
            if (layout.bits() == 8) {
                for (int i = row + step; i < row + rowBytes; i++) {
                    raw[i] += raw[i - step];
                }
                continue;
            }
            int low = in.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
            for (int i = row + 2 * step; i < row + rowBytes; i += 2) {
                int sum = sixteen(raw, i, low) + sixteen(raw, i - 2 * step, low);
                raw[i + low] = (byte) sum;
                raw[i + 1 - low] = (byte) (sum >> 8);
            }
        }
    }

    private static int sixteen(byte[] raw, int at, int low) {
        return raw[at + low] & 0xff | (raw[at + 1 - low] & 0xff) << 8;
    }

    /** A whole JPEG file, but for tables that stand in the directory. */
    private byte[] jpeg(byte[] stream, int width, int height) throws IOException {
        long[] tables = tags.all(TiffDirectory.JPEG_TABLES);
        byte[] whole = stream;
        if (tables.length > 4) {
            // The tables end with an end marker, the stream begins with a start marker: both go.
            whole = new byte[tables.length - 2 + stream.length - 2];
            for (int i = 0; i < tables.length - 2; i++) {
                whole[i] = (byte) tables[i];
            }
            System.arraycopy(stream, 2, whole, tables.length - 2, stream.length - 2);
        }
        JpegFile file = JpegFile.open(whole);
        if (file.widthPixels() != width || file.heightPixels() != height || file.components() != layout.together()) {
            throw new IOException("a JPEG of " + file.widthPixels() + " x " + file.heightPixels() + " pixels and "
                    + file.components() + " components in a part of " + width + " x " + height);
        }
        return layout.colours() == TiffColours.YCC ? file.decodeYcc() : file.decodeComponents();
    }

    private void copy(byte[] part, int partWidth, int partHeight, int x, int y, int plane, byte[] all) {
        int samples = layout.samples();
        int together = layout.together();
        int columns = Math.min(partWidth, layout.width() - x);
        for (int row = 0; row < Math.min(partHeight, layout.height() - y); row++) {
            int from = row * partWidth * together;
            int to = ((y + row) * layout.width() + x) * samples + plane;
            if (!layout.separate()) {
                System.arraycopy(part, from, all, to, columns * samples);
            } else {
                for (int column = 0; column < columns; column++) {
                    all[to + column * samples] = part[from + column];
                }
            }
        }
    }
}
