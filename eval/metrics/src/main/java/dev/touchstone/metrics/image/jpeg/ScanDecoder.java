package dev.touchstone.metrics.image.jpeg;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Decodes the blocks of one scan (ISO/IEC 10918-1, annexes F and G). */
final class ScanDecoder {

    /** Natural order of the coefficients in zigzag order. */
    static final int[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    /**
     * What the scan header says.
     *
     * @param first of the coefficients, in zigzag order
     * @param last of the coefficients, in zigzag order
     * @param high bit that was sent before; 0 in a first scan
     * @param low lowest bit that this scan sends
     */
    record Band(int first, int last, int high, int low) {}

    private final JpegFrame frame;
    private final List<JpegComponent> components;
    private final Band band;
    private final EntropyBits bits;
    private final int restartInterval;
    private final InverseTransform transform = new InverseTransform();
    private final int[] block = new int[64];
    private int endOfBandRun;

    ScanDecoder(
            JpegFrame frame, List<JpegComponent> components, Band band, int restartInterval, byte[] bytes, int start) {
        this.frame = frame;
        this.components = components;
        this.band = band;
        this.restartInterval = restartInterval;
        bits = new EntropyBits(bytes, start);
    }

    /**
     * Decodes all blocks.
     *
     * @return offset of the marker behind them
     * @throws IOException if bits are missing, wrong or left over
     */
    int decode() throws IOException {
        boolean alone = components.size() == 1;
        JpegComponent only = components.get(0);
        int across = alone ? only.blocksAcross : frame.mcusAcross();
        int down = alone ? only.blocksDown : frame.mcusDown();
        int untilRestart = restartInterval;
        int restarts = 0;
        reset();
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                if (restartInterval > 0 && untilRestart-- == 0) {
                    bits.restart(restarts++ & 7);
                    untilRestart = restartInterval - 1;
                    reset();
                }
                if (alone) {
                    block(only, row, column);
                } else {
                    unit(row, column);
                }
                bits.requireReal();
            }
        }
        bits.finish();
        return bits.position();
    }

    private void reset() {
        endOfBandRun = 0;
        components.forEach(component -> component.prediction = 0);
    }

    private void unit(int row, int column) throws IOException {
        for (JpegComponent component : components) {
            for (int v = 0; v < component.vertical; v++) {
                for (int h = 0; h < component.horizontal; h++) {
                    block(component, row * component.vertical + v, column * component.horizontal + h);
                }
            }
        }
    }

    private void block(JpegComponent component, int row, int column) throws IOException {
        if (!frame.progressive()) {
            sequential(component);
            transform.apply(block, component.samples, row * 8 * component.stride + column * 8, component.stride);
            return;
        }
        int at = component.block(row, column);
        short[] coefficients = component.coefficients;
        if (band.first() == 0) {
            if (band.high() == 0) {
                component.prediction += bits.readSigned(component.dc.decode(bits) & 15);
                coefficients[at] = (short) (component.prediction << band.low());
            } else if (bits.read(1) != 0) {
                coefficients[at] |= (short) (1 << band.low());
            }
        } else if (band.high() == 0) {
            firstOfBand(component, at);
        } else {
            refineBand(component, at);
        }
    }

    private void sequential(JpegComponent component) throws IOException {
        Arrays.fill(block, 0);
        int[] table = component.table;
        component.prediction += bits.readSigned(component.dc.decode(bits) & 15);
        block[0] = (short) (component.prediction * table[0]);
        for (int k = 1; k < 64; k++) {
            int symbol = component.ac.decode(bits);
            int size = symbol & 15;
            k += symbol >> 4;
            if (size == 0) {
                if (symbol != 0xf0) {
                    break;
                }
            } else {
                requirePlace(k, 63);
                block[ZIGZAG[k]] = (short) (bits.readSigned(size) * table[k]);
            }
        }
    }

    private void firstOfBand(JpegComponent component, int at) throws IOException {
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return;
        }
        for (int k = band.first(); k <= band.last(); k++) {
            int symbol = component.ac.decode(bits);
            int run = symbol >> 4;
            int size = symbol & 15;
            if (size != 0) {
                k += run;
                requirePlace(k, band.last());
                component.coefficients[at + ZIGZAG[k]] = (short) (bits.readSigned(size) << band.low());
            } else if (run == 15) {
                k += 15;
            } else {
                endOfBandRun = (1 << run) - 1 + bits.read(run);
                break;
            }
        }
    }

    private void refineBand(JpegComponent component, int at) throws IOException {
        int k = band.first();
        if (endOfBandRun == 0) {
            for (; k <= band.last(); k++) {
                int symbol = component.ac.decode(bits);
                int run = symbol >> 4;
                int value = 0;
                if ((symbol & 15) != 0) {
                    value = bits.read(1) != 0 ? 1 << band.low() : -1 << band.low();
                } else if (run != 15) {
                    endOfBandRun = (1 << run) + bits.read(run);
                    break;
                }
                k = refineUntil(component, at, k, run);
                if (value != 0) {
                    requirePlace(k, band.last());
                    component.coefficients[at + ZIGZAG[k]] = (short) value;
                }
            }
        }
        if (endOfBandRun > 0) {
            refineUntil(component, at, k, Integer.MAX_VALUE);
            endOfBandRun--;
        }
    }

    /** Refines the coefficients that are there already, until so many that are not were passed; returns the place of the next. */
    private int refineUntil(JpegComponent component, int at, int from, int zeros) throws IOException {
        int left = zeros;
        for (int k = from; k <= band.last(); k++) {
            int place = at + ZIGZAG[k];
            int value = component.coefficients[place];
            if (value == 0) {
                if (left-- == 0) {
                    return k;
                }
            } else if (bits.read(1) != 0 && (value >> band.low() & 1) == 0) {
                component.coefficients[place] += (short) (value > 0 ? 1 << band.low() : -1 << band.low());
            }
        }
        return band.last() + 1;
    }

    private static void requirePlace(int k, int last) throws IOException {
        if (k > last) {
            throw new IOException("a coefficient behind the end of its block");
        }
    }
}
