package dev.touchstone.metrics.weights.kernel;

import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork.Floats;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A convolution of stride 1 with kernels of 3 x 3 or 5 x 5, bias and ReLU, over tiles of 6 x 6 or 8 x 8: F(4 x 4, 3 x 3) and
 * F(4 x 4, 5 x 5) of Lavin and Gray (2015, arXiv 1509.09308) with the points 0, 1, -1, 2, -2, for 5 x 5 also 1/2 and -1/2, and
 * infinity. It takes a quarter (of 5 x 5: 16 %) of a direct convolution's multiplications; results differ from it by some
 * 1e-6 of the largest.
 */
public final class WinogradConvolution implements PairLayer {

    private static final double[] POINTS = {0, 1, -1, 2, -2, .5, -.5};

    /** Outputs of a tile along a side. */
    private static final int STEP = 4;

    /** Floats of a stretch of tiles in one frequency: all of them together fit in a second-level cache. */
    private static final int STRETCH = 2048;

    private static final int FEWEST_TILES = 256;

    private final int in;
    private final int out;
    private final int padding;
    private final int tile;
    private final int frequencies;
    private final Floats filters;
    private final float[] bias;
    private final float[][] input;
    private final float[][] output;
    private final BatchedProduct product;

    /** Of weights {@code [out, in, k, k]} with k 3 or 5. */
    public WinogradConvolution(WeightTensor weight, WeightTensor bias, int padding, BatchedProduct product) {
        out = weight.shape().get(0);
        in = weight.shape().get(1);
        int kernel = weight.shape().get(2);
        this.padding = padding;
        tile = STEP - 1 + kernel;
        frequencies = tile * tile;
        this.bias = bias.values();
        this.product = product;
        input = inputTransform(tile);
        output = outputTransform(tile);
        filters = Floats.allocate(frequencies, in, out);
        IntStream.range(0, in).parallel().forEach(channel -> transformFilters(weight.values(), kernel, channel));
    }

    /** Whether there is a transform for such a convolution. */
    public static boolean fits(int kernel, int stride) {
        return stride == 1 && (kernel == 3 || kernel == 5);
    }

    /** Rows of coefficients of the polynomials that vanish at all points but one, the last at all. */
    private static float[][] inputTransform(int tile) {
        float[][] rows = new float[tile][tile];
        for (int i = 0; i < tile; i++) {
            double[] polynomial = new double[tile];
            polynomial[0] = 1;
            for (int point = 0; point < tile - 1; point++) {
                for (int power = tile - 1; point != i && power >= 0; power--) {
                    polynomial[power] = (power > 0 ? polynomial[power - 1] : 0) - POINTS[point] * polynomial[power];
                }
            }
            for (int power = 0; power < tile; power++) {
                rows[i][power] = (float) polynomial[power];
            }
        }
        return rows;
    }

    /** Rows of powers of the points: what a tile's polynomial is at each output. */
    private static float[][] outputTransform(int tile) {
        float[][] rows = new float[STEP][tile];
        for (int power = 0; power < STEP; power++) {
            for (int point = 0; point < tile - 1; point++) {
                rows[power][point] = (float) Math.pow(POINTS[point], power);
            }
        }
        rows[STEP - 1][tile - 1] = 1;
        return rows;
    }

    private void transformFilters(float[] weights, int kernel, int channel) {
        double[][] filter = new double[tile][kernel];
        for (int point = 0; point < tile - 1; point++) {
            double distances = 1;
            for (int other = 0; other < tile - 1; other++) {
                distances *= other == point ? 1 : POINTS[point] - POINTS[other];
            }
            for (int power = 0; power < kernel; power++) {
                filter[point][power] = Math.pow(POINTS[point], power) / distances;
            }
        }
        filter[tile - 1][kernel - 1] = 1;
        float[][] rows = new float[frequencies][out];
        double[][] half = new double[tile][kernel];
        for (int k = 0; k < out; k++) {
            int start = (k * in + channel) * kernel * kernel;
            for (int i = 0; i < tile; i++) {
                for (int x = 0; x < kernel; x++) {
                    double sum = 0;
                    for (int y = 0; y < kernel; y++) {
                        sum += filter[i][y] * weights[start + y * kernel + x];
                    }
                    half[i][x] = sum;
                }
            }
            for (int i = 0; i < tile; i++) {
                for (int j = 0; j < tile; j++) {
                    double sum = 0;
                    for (int x = 0; x < kernel; x++) {
                        sum += filter[j][x] * half[i][x];
                    }
                    rows[i * tile + j][k] = (float) sum;
                }
            }
        }
        for (int f = 0; f < frequencies; f++) {
            filters.data().put((f * in + channel) * out, rows[f], 0, out);
        }
    }

    @Override
    public int channels() {
        return out;
    }

    @Override
    public int side(int side) {
        return side + 2 * padding - (tile - STEP);
    }

    @Override
    public void apply(PairMaps from, PairMaps to, int offset, PairScratch scratch) {
        int tilesX = (to.width() + STEP - 1) / STEP;
        int tilesY = (to.height() + STEP - 1) / STEP;
        // Enough tiles that reading the filters does not take longer than using them.
        int rows = Math.max(1, Math.max(FEWEST_TILES, (in + out) / 2) / tilesX);
        for (int first = 0; first < 2 * tilesY; first += rows) {
            int count = Math.min(rows, 2 * tilesY - first);
            Floats tiles = scratch.left(frequencies, count * tilesX, in);
            Floats answers = scratch.product(frequencies, count * tilesX, out);
            for (int row = 0; row < count; row++) {
                int image = (first + row) / tilesY;
                int y = (first + row) % tilesY * STEP;
                int stretch = Math.max(1, STRETCH / in);
                for (int x = 0; x < tilesX; x += stretch) {
                    int n = Math.min(stretch, tilesX - x);
                    transformInput(from, image, y, x, n, tiles, row * tilesX + x, scratch);
                }
            }
            product.multiply(tiles, filters, answers);
            for (int row = 0; row < count; row++) {
                int image = (first + row) / tilesY;
                int y = (first + row) % tilesY * STEP;
                int stretch = Math.max(1, STRETCH / out);
                for (int x = 0; x < tilesX; x += stretch) {
                    int n = Math.min(stretch, tilesX - x);
                    transformOutput(answers, row * tilesX + x, n, to, offset, image, y, x, scratch);
                }
            }
        }
    }

    /** Columns go to {@code STEP} lines in turn, so that both transforms run over long lines. */
    private void transformInput(
            PairMaps from, int image, int top, int column, int n, Floats tiles, int place, PairScratch scratch) {
        int lineTiles = n + (tile - 1) / STEP;
        float[][] columns = scratch.lines(0, tile * STEP, lineTiles * in);
        float[][] half = scratch.lines(1, tile, lineTiles * in);
        float[] result = scratch.line(2, n * in);
        float[] values = from.images()[image];
        for (int i = 0; i < tile; i++) {
            int y = top - padding + i;
            for (int k = 0; k < lineTiles * STEP; k++) {
                int x = column * STEP - padding + k;
                float[] line = columns[i * STEP + k % STEP];
                int target = k / STEP * in;
                if (y < 0 || y >= from.height() || x < 0 || x >= from.width()) {
                    Arrays.fill(line, target, target + in, 0);
                } else {
                    System.arraycopy(values, (y * from.width() + x) * in, line, target, in);
                }
            }
        }
        Lines.Sum sum = new Lines.Sum(tile);
        int rows = tiles.data().capacity() / frequencies / in;
        for (int i = 0; i < tile; i++) {
            for (int q = 0; q < STEP; q++) {
                sum.clear();
                for (int k = 0; k < tile; k++) {
                    sum.add(columns[k * STEP + q], input[i][k]);
                }
                sum.into(half[q], lineTiles * in);
            }
            for (int k = STEP; k < tile; k++) {
                System.arraycopy(half[k % STEP], k / STEP * in, half[k], 0, n * in);
            }
            for (int j = 0; j < tile; j++) {
                sum.clear();
                for (int k = 0; k < tile; k++) {
                    sum.add(half[k], input[j][k]);
                }
                sum.into(result, n * in);
                tiles.data().put(((i * tile + j) * rows + place) * in, result, 0, n * in);
            }
        }
    }

    private void transformOutput(
            Floats answers,
            int place,
            int n,
            PairMaps to,
            int offset,
            int image,
            int top,
            int column,
            PairScratch scratch) {
        int line = n * out;
        int rows = answers.data().capacity() / frequencies / out;
        float[][] values = scratch.lines(0, tile, line);
        float[][] half = scratch.lines(1, tile * STEP, line);
        float[] result = scratch.line(2, line);
        float[] biases = scratch.line(3, line);
        for (int t = 0; t < n; t++) {
            System.arraycopy(bias, 0, biases, t * out, out);
        }
        Lines.Sum sum = new Lines.Sum(tile);
        for (int i = 0; i < tile; i++) {
            for (int j = 0; j < tile; j++) {
                answers.data().get(((i * tile + j) * rows + place) * out, values[j], 0, line);
            }
            for (int q = 0; q < STEP; q++) {
                sum.clear();
                for (int j = 0; j < tile; j++) {
                    sum.add(values[j], output[q][j]);
                }
                sum.into(half[i * STEP + q], line);
            }
        }
        for (int p = 0; p < Math.min(STEP, to.height() - top); p++) {
            for (int q = 0; q < STEP; q++) {
                sum.clear();
                for (int i = 0; i < tile; i++) {
                    sum.add(half[i * STEP + q], output[p][i]);
                }
                sum.into(result, line);
                Lines.addAndRectify(biases, result, line);
                for (int t = 0; t < n; t++) {
                    int x = (column + t) * STEP + q;
                    if (x < to.width()) {
                        int target = ((top + p) * to.width() + x) * to.channels() + offset;
                        System.arraycopy(result, t * out, to.images()[image], target, out);
                    }
                }
            }
        }
    }
}
