package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.util.ArrayList;
import java.util.List;

/** Memory of one pair on its way through a network, used again for the next. Not thread-safe. */
public final class PairScratch {

    private static final int MAPS = 3;

    private final float[][][] maps = new float[MAPS][2][0];
    private final List<float[][]> lines = new ArrayList<>();
    private Floats left = Floats.allocate(0);
    private Floats product = Floats.allocate(0);
    private int last;

    /** Maps to write to, in memory that neither of the last two calls handed out. */
    public PairMaps next(int height, int width, int channels) {
        int size = PairMaps.size(height, width, channels);
        last = (last + 1) % MAPS;
        for (int image = 0; image < 2; image++) {
            if (maps[last][image].length < size) {
                maps[last][image] = new float[size];
            }
        }
        return new PairMaps(height, width, channels, maps[last].clone());
    }

    /** An array of at least this length by number; the same one as before where that is long enough. */
    float[] line(int number, int length) {
        return lines(number, 1, length)[0];
    }

    /** So many arrays of at least this length by number. */
    float[][] lines(int number, int count, int length) {
        while (lines.size() <= number) {
            lines.add(new float[0][]);
        }
        float[][] known = lines.get(number);
        if (known.length < count || known[0].length < length) {
            known = new float[count][length];
            lines.set(number, known);
        }
        return known;
    }

    /** The left factor of a product, in direct memory. */
    Floats left(int batch, int rows, int columns) {
        left = grown(left, batch * rows * columns);
        return part(left, batch, rows, columns);
    }

    /** The result of a product, in direct memory. */
    Floats product(int batch, int rows, int columns) {
        product = grown(product, batch * rows * columns);
        return part(product, batch, rows, columns);
    }

    private static Floats grown(Floats memory, int size) {
        return memory.data().capacity() < size ? Floats.allocate(size) : memory;
    }

    private static Floats part(Floats memory, int batch, int rows, int columns) {
        return new Floats(memory.data().slice(0, batch * rows * columns), batch, rows, columns);
    }
}
