package dev.touchstone.metrics.image.jpeg;

import dev.touchstone.metrics.image.UnsupportedImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Walks through the markers of a JPEG file (ISO/IEC 10918-1, annex B) and has each scan decoded. */
final class JpegParser {

    private final byte[] bytes;
    private final int[][] tables = new int[4][];
    private final HuffmanTable[] dc = new HuffmanTable[4];
    private final HuffmanTable[] ac = new HuffmanTable[4];
    private int at = 2;
    private int restartInterval;
    private boolean jfif;
    private int adobe = -1;
    private byte[] exif = {};
    private JpegFrame frame;

    JpegParser(byte[] bytes) {
        this.bytes = bytes;
    }

    JpegFrame frame() {
        return frame;
    }

    boolean jfif() {
        return jfif;
    }

    /** Transform of the Adobe marker; -1 where there is none. */
    int adobe() {
        return adobe;
    }

    byte[] exif() {
        return exif;
    }

    void readToFrame() throws IOException {
        while (frame == null) {
            int marker = nextMarker();
            if (marker == 0xd9 || marker == 0xda) {
                throw new IOException("pixels without a frame header");
            }
            segment(marker);
        }
    }

    /** Decodes scans until the end marker. */
    void readScans() throws IOException {
        for (JpegComponent component : frame.components()) {
            if (frame.largestHorizontal() % component.horizontal != 0
                    || frame.largestVertical() % component.vertical != 0) {
                throw new UnsupportedImageException("a JPEG whose sampling factors are no multiples of each other");
            }
            component.allocate(frame);
        }
        while (true) {
            int marker = nextMarker();
            if (marker == 0xd9) {
                break;
            }
            if (marker == 0xda) {
                scan();
            } else {
                segment(marker);
            }
        }
        for (JpegComponent component : frame.components()) {
            if (Arrays.stream(component.missingBits).anyMatch(missing -> missing != 0)) {
                throw new IOException("too few scans: some coefficients or their last bits never come");
            }
            if (frame.progressive()) {
                transform(component);
            }
        }
    }

    private int nextMarker() throws IOException {
        while (at + 1 < bytes.length) {
            int next = bytes[at + 1] & 0xff;
            if (bytes[at] != (byte) 0xff || next == 0 || next == 0xff) {
                at++;
            } else {
                at += 2;
                return next;
            }
        }
        throw new IOException("the end of the file before the end marker");
    }

    private void segment(int marker) throws IOException {
        if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
            return;
        }
        int end = at + length();
        int start = at + 2;
        if (end < start || end > bytes.length) {
            throw new IOException("the end of the file before the end of a segment");
        }
        switch (marker) {
            case 0xc0, 0xc1, 0xc2 -> frame(marker, start, end);
            case 0xc3 -> throw new UnsupportedImageException("a lossless JPEG");
            case 0xc5, 0xc6, 0xc7 -> throw new UnsupportedImageException("a hierarchical JPEG");
            case 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf -> throw new UnsupportedImageException("an arithmetic-coded JPEG");
            case 0xf7 -> throw new UnsupportedImageException("a JPEG-LS image");
            case 0xc4 -> huffman(start, end);
            case 0xdb -> quantisation(start, end);
            case 0xdd -> restartInterval = sixteen(start);
            case 0xe0 -> jfif |= end - start >= 14 && text(start, "JFIF\0");
            case 0xe1 -> {
                if (exif.length == 0 && end - start > 6 && text(start, "Exif\0\0")) {
                    exif = Arrays.copyOfRange(bytes, start + 6, end);
                }
            }
            case 0xee -> {
                if (end - start >= 12 && text(start, "Adobe")) {
                    adobe = bytes[start + 11] & 0xff;
                }
            }
            default -> {}
        }
        at = end;
    }

    private void frame(int marker, int start, int end) throws IOException {
        if (frame != null) {
            throw new IOException("a second frame header");
        }
        int bits = byteAt(start, end);
        if (bits != 8) {
            throw new UnsupportedImageException("a JPEG of " + bits + " bits per sample");
        }
        int height = sixteen(start + 1);
        int width = sixteen(start + 3);
        int count = byteAt(start + 5, end);
        if (width == 0 || height == 0) {
            throw new UnsupportedImageException("a JPEG whose header says " + width + " x " + height + " pixels");
        }
        if (count != 1 && count != 3 && count != 4) {
            throw new UnsupportedImageException("a JPEG of " + count + " components");
        }
        List<JpegComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int sampling = byteAt(start + 7 + 3 * i, end);
            int horizontal = sampling >> 4;
            int vertical = sampling & 15;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
                throw new IOException("a sampling factor of " + horizontal + " x " + vertical);
            }
            components.add(new JpegComponent(
                    byteAt(start + 6 + 3 * i, end), horizontal, vertical, byteAt(start + 8 + 3 * i, end)));
        }
        frame = new JpegFrame(width, height, marker == 0xc2, components);
    }

    private void quantisation(int start, int end) throws IOException {
        for (int i = start; i < end; ) {
            int what = byteAt(i++, end);
            int[] table = new int[64];
            for (int k = 0; k < 64; k++) {
                if (what >> 4 == 0) {
                    table[k] = byteAt(i++, end);
                } else {
                    table[k] = byteAt(i++, end) << 8 | byteAt(i++, end);
                }
            }
            tables[number(what & 15)] = table;
        }
    }

    private void huffman(int start, int end) throws IOException {
        for (int i = start; i < end; ) {
            int what = byteAt(i++, end);
            int[] counts = new int[16];
            int sum = 0;
            for (int k = 0; k < 16; k++) {
                counts[k] = byteAt(i++, end);
                sum += counts[k];
            }
            if (i + sum > end || sum > 256) {
                throw new IOException("a Huffman table that is longer than its segment");
            }
            (what >> 4 == 0 ? dc : ac)[number(what & 15)] =
                    new HuffmanTable(counts, Arrays.copyOfRange(bytes, i, i + sum));
            i += sum;
        }
    }

    private void scan() throws IOException {
        int end = at + length();
        if (end > bytes.length) {
            throw new IOException("the end of the file in a scan header");
        }
        int count = byteAt(at + 2, end);
        List<JpegComponent> components = new ArrayList<>();
        int next = at + 3;
        ScanDecoder.Band band = band(at + 3 + 2 * count, end);
        for (int i = 0; i < count; i++) {
            int id = byteAt(next++, end);
            int numbers = byteAt(next++, end);
            JpegComponent component = frame.components().stream()
                    .filter(one -> one.id == id && !components.contains(one))
                    .findFirst()
                    .orElseThrow(() -> new IOException("a scan of a component " + id + " that the frame has not"));
            component.dc = dc[number(numbers >> 4)];
            component.ac = ac[number(numbers & 15)];
            component.table = component.table == null ? tables[number(component.quantisation)] : component.table;
            require(component, band);
            components.add(component);
        }
        if (count < 1 || count > 4 || count > 1 && band.first() > 0) {
            throw new IOException("a scan of " + count + " components");
        }
        at = new ScanDecoder(frame, components, band, restartInterval, bytes, end).decode();
    }

    private ScanDecoder.Band band(int from, int end) throws IOException {
        int low = byteAt(from + 2, end);
        ScanDecoder.Band band = new ScanDecoder.Band(byteAt(from, end), byteAt(from + 1, end), low >> 4, low & 15);
        if (!frame.progressive()) {
            return new ScanDecoder.Band(0, 63, 0, 0);
        }
        boolean dcOnly = band.first() == 0;
        if (band.last() > 63 || band.first() > band.last() || dcOnly && band.last() != 0 || band.low() > 13) {
            throw new IOException("a scan of coefficients " + band.first() + " to " + band.last());
        }
        return band;
    }

    /** Whether everything is there that a scan of this component needs, and it follows the scans before. */
    private void require(JpegComponent component, ScanDecoder.Band band) throws IOException {
        boolean needsDc = band.first() == 0 && band.high() == 0;
        boolean needsAc = band.last() > 0;
        if (needsDc && component.dc == null || needsAc && component.ac == null || component.table == null) {
            throw new IOException("a scan whose tables never came");
        }
        for (int k = band.first(); k <= band.last(); k++) {
            int expected = band.high() == 0 ? -1 : band.high();
            if (component.missingBits[k] != expected) {
                throw new IOException("a scan that does not follow the one before");
            }
            component.missingBits[k] = band.low();
        }
    }

    private static void transform(JpegComponent component) {
        InverseTransform transform = new InverseTransform();
        int[] block = new int[64];
        int[] table = new int[64];
        for (int k = 0; k < 64; k++) {
            table[ScanDecoder.ZIGZAG[k]] = component.table[k];
        }
        for (int row = 0; row < component.samples.length / component.stride / 8; row++) {
            for (int column = 0; column < component.stride / 8; column++) {
                int from = component.block(row, column);
                for (int k = 0; k < 64; k++) {
                    block[k] = (short) (component.coefficients[from + k] * table[k]);
                }
                transform.apply(block, component.samples, row * 8 * component.stride + column * 8, component.stride);
            }
        }
        component.coefficients = null;
    }

    private static int number(int table) throws IOException {
        if (table > 3) {
            throw new IOException("a table of number " + table);
        }
        return table;
    }

    private int length() throws IOException {
        return sixteen(at);
    }

    private int sixteen(int from) throws IOException {
        return byteAt(from, bytes.length) << 8 | byteAt(from + 1, bytes.length);
    }

    private int byteAt(int from, int end) throws IOException {
        if (from >= end) {
            throw new IOException(
                    from >= bytes.length ? "the end of the file in its header" : "a segment that is too short");
        }
        return bytes[from] & 0xff;
    }

    private boolean text(int from, String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
    }
}
