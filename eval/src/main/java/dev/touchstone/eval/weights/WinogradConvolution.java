package dev.touchstone.eval.weights;

import dev.touchstone.eval.weights.OnnxNetwork.Floats;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A convolution of stride 1 with kernels of 3 x 3 or 5 x 5, bias and ReLU, over tiles of 6 x 6: F(4 x 4, 3 x 3) and
 * F(2 x 2, 5 x 5) of Lavin and Gray (2015, arXiv 1509.09308) with the points 0, 1, -1, 2, -2 and infinity. It takes a
 * quarter (of 5 x 5: 36 %) of a direct convolution's multiplications; results differ from it by some 1e-6 of the largest.
 */
final class WinogradConvolution implements PairLayer {

    private static final int TILE = 6;
    private static final int FREQUENCIES = TILE * TILE;
    private static final double[] POINTS = {0, 1, -1, 2, -2};
    private static final double[] SCALES = {1 / 4.0, -1 / 6.0, -1 / 6.0, 1 / 24.0, 1 / 24.0};
    private static final float[][] INPUT = {
        {4, 0, -5, 0, 1, 0},
        {0, -4, -4, 1, 1, 0},
        {0, 4, -4, -1, 1, 0},
        {0, -2, -1, 2, 1, 0},
        {0, 2, -1, -2, 1, 0},
        {0, 4, 0, -5, 0, 1}
    };

    /** Floats of a stretch of tiles in one frequency: all of them together fit in a second-level cache. */
    private static final int STRETCH = 2048;

    private static final int FEWEST_TILES = 256;

    private final int in;
    private final int out;
    private final int padding;
    private final int step;
    private final Floats filters;
    private final float[] bias;
    private final float[][] output;
    private final BatchedProduct product;

    /** Of weights {@code [out, in, k, k]} with k 3 or 5. */
    WinogradConvolution(WeightTensor weight, WeightTensor bias, int padding, BatchedProduct product) {
        out = weight.shape().get(0);
        in = weight.shape().get(1);
        int kernel = weight.shape().get(2);
        this.padding = padding;
        step = TILE + 1 - kernel;
        this.bias = bias.values();
        this.product = product;
        output = outputTransform(step);
        filters = Floats.allocate(FREQUENCIES, in, out);
        IntStream.range(0, in).parallel().forEach(channel -> transformFilters(weight.values(), kernel, channel));
    }

    /** Whether there is a transform for such a convolution. */
    static boolean fits(int kernel, int stride) {
        return stride == 1 && (kernel == 3 || kernel == 5);
    }

    /** Rows of powers of the points: what a tile's polynomial is at each output. */
    private static float[][] outputTransform(int step) {
        float[][] rows = new float[step][TILE];
        for (int power = 0; power < step; power++) {
            for (int point = 0; point < POINTS.length; point++) {
                rows[power][point] = (float) Math.pow(POINTS[point], power);
            }
        }
        rows[step - 1][TILE - 1] = 1;
        return rows;
    }

    private void transformFilters(float[] weights, int kernel, int channel) {
        double[][] filter = new double[TILE][kernel];
        for (int point = 0; point < POINTS.length; point++) {
            for (int power = 0; power < kernel; power++) {
                filter[point][power] = SCALES[point] * Math.pow(POINTS[point], power);
            }
        }
        filter[TILE - 1][kernel - 1] = 1;
        float[][] rows = new float[FREQUENCIES][out];
        double[][] half = new double[TILE][kernel];
        for (int k = 0; k < out; k++) {
            int start = (k * in + channel) * kernel * kernel;
            for (int i = 0; i < TILE; i++) {
                for (int x = 0; x < kernel; x++) {
                    double sum = 0;
                    for (int y = 0; y < kernel; y++) {
                        sum += filter[i][y] * weights[start + y * kernel + x];
                    }
                    half[i][x] = sum;
                }
            }
            for (int i = 0; i < TILE; i++) {
                for (int j = 0; j < TILE; j++) {
                    double sum = 0;
                    for (int x = 0; x < kernel; x++) {
                        sum += filter[j][x] * half[i][x];
                    }
                    rows[i * TILE + j][k] = (float) sum;
                }
            }
        }
        for (int f = 0; f < FREQUENCIES; f++) {
            filters.data().put((f * in + channel) * out, rows[f], 0, out);
        }
    }

    @Override
    public int channels() {
        return out;
    }

    @Override
    public int side(int side) {
        return side + 2 * padding - (TILE - step);
    }

    @Override
    public void apply(PairMaps from, PairMaps to, int offset, PairScratch scratch) {
        int tilesX = (to.width() + step - 1) / step;
        int tilesY = (to.height() + step - 1) / step;
        // Enough tiles that reading the filters does not take longer than using them.
        int rows = Math.max(1, Math.max(FEWEST_TILES, (in + out) / 2) / tilesX);
        for (int first = 0; first < 2 * tilesY; first += rows) {
            int count = Math.min(rows, 2 * tilesY - first);
            Floats tiles = scratch.left(FREQUENCIES, count * tilesX, in);
            Floats answers = scratch.product(FREQUENCIES, count * tilesX, out);
            for (int row = 0; row < count; row++) {
                int image = (first + row) / tilesY;
                int y = (first + row) % tilesY * step;
                int stretch = Math.max(1, STRETCH / in);
                for (int x = 0; x < tilesX; x += stretch) {
                    int n = Math.min(stretch, tilesX - x);
                    transformInput(from, image, y, x, n, tiles, row * tilesX + x, scratch);
                }
            }
            product.multiply(tiles, filters, answers);
            for (int row = 0; row < count; row++) {
                int image = (first + row) / tilesY;
                int y = (first + row) % tilesY * step;
                int stretch = Math.max(1, STRETCH / out);
                for (int x = 0; x < tilesX; x += stretch) {
                    int n = Math.min(stretch, tilesX - x);
                    transformOutput(answers, row * tilesX + x, n, to, offset, image, y, x, scratch);
                }
            }
        }
    }

    /** Columns go to {@code step} lines in turn, so that both transforms run over long lines. */
    private void transformInput(
            PairMaps from, int image, int top, int tile, int n, Floats tiles, int place, PairScratch scratch) {
        int lineTiles = n + (TILE - 1) / step;
        float[][] columns = scratch.lines(0, TILE * step, lineTiles * in);
        float[][] half = scratch.lines(1, TILE, lineTiles * in);
        float[] result = scratch.line(2, n * in);
        float[] values = from.images()[image];
        for (int i = 0; i < TILE; i++) {
            int y = top - padding + i;
            for (int k = 0; k < lineTiles * step; k++) {
                int x = tile * step - padding + k;
                float[] column = columns[i * step + k % step];
                int target = k / step * in;
                if (y < 0 || y >= from.height() || x < 0 || x >= from.width()) {
                    Arrays.fill(column, target, target + in, 0);
                } else {
                    System.arraycopy(values, (y * from.width() + x) * in, column, target, in);
                }
            }
        }
        Lines.Sum sum = new Lines.Sum(TILE);
        int rows = tiles.data().capacity() / FREQUENCIES / in;
        for (int i = 0; i < TILE; i++) {
            for (int q = 0; q < step; q++) {
                sum.clear();
                for (int k = 0; k < TILE; k++) {
                    sum.add(columns[k * step + q], INPUT[i][k]);
                }
                sum.into(half[q], lineTiles * in);
            }
            for (int k = step; k < TILE; k++) {
                System.arraycopy(half[k % step], k / step * in, half[k], 0, n * in);
            }
            for (int j = 0; j < TILE; j++) {
                sum.clear();
                for (int k = 0; k < TILE; k++) {
                    sum.add(half[k], INPUT[j][k]);
                }
                sum.into(result, n * in);
                tiles.data().put(((i * TILE + j) * rows + place) * in, result, 0, n * in);
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
            int tile,
            PairScratch scratch) {
        int line = n * out;
        int rows = answers.data().capacity() / FREQUENCIES / out;
        float[][] frequencies = scratch.lines(0, TILE, line);
        float[][] half = scratch.lines(1, TILE * step, line);
        float[] result = scratch.line(2, line);
        float[] biases = scratch.line(3, line);
        for (int t = 0; t < n; t++) {
            System.arraycopy(bias, 0, biases, t * out, out);
        }
        Lines.Sum sum = new Lines.Sum(TILE);
        for (int i = 0; i < TILE; i++) {
            for (int j = 0; j < TILE; j++) {
                answers.data().get(((i * TILE + j) * rows + place) * out, frequencies[j], 0, line);
            }
            for (int q = 0; q < step; q++) {
                sum.clear();
                for (int j = 0; j < TILE; j++) {
                    sum.add(frequencies[j], output[q][j]);
                }
                sum.into(half[i * step + q], line);
            }
        }
        for (int p = 0; p < Math.min(step, to.height() - top); p++) {
            for (int q = 0; q < step; q++) {
                sum.clear();
                for (int i = 0; i < TILE; i++) {
                    sum.add(half[i * step + q], output[p][i]);
                }
                sum.into(result, line);
                Lines.addAndRectify(biases, result, line);
                for (int t = 0; t < n; t++) {
                    int x = (tile + t) * step + q;
                    if (x < to.width()) {
                        int target = ((top + p) * to.width() + x) * to.channels() + offset;
                        System.arraycopy(result, t * out, to.images()[image], target, out);
                    }
                }
            }
        }
    }
}
