package dev.touchstone.eval.training;

import dev.touchstone.generator.scene.CounterRandom;
import dev.touchstone.metrics.image.RgbImage;

/** The ways in which a picture can be spoilt, each with a continuous amount. Every method returns a new image. */
final class ImageDefects {

    /** Luminance quantisation of the JPEG standard, annex K, table K.1. */
    private static final int[] QUANTISATION = {
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29,
        51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121,
        120, 101, 72, 92, 95, 98, 112, 100, 103, 99
    };

    private static final double[][] COSINES = cosines();

    private ImageDefects() {}

    /** Gaussian blur, edges repeated. */
    static RgbImage blur(RgbImage image, double sigmaPixels) {
        int radius = (int) Math.ceil(3 * sigmaPixels);
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = Math.exp(-i * i / (2 * sigmaPixels * sigmaPixels));
            sum += kernel[i + radius];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        int width = image.widthPixels();
        int height = image.heightPixels();
        float[] across = new float[width * height * 3];
        float[] down = new float[across.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double value = 0;
                    for (int i = -radius; i <= radius; i++) {
                        value += kernel[i + radius] * image.sample(clamp(x + i, width), y, channel);
                    }
                    across[(y * width + x) * 3 + channel] = (float) value;
                }
            }
        }
        for (int y = 0; y < height; y++) {
            for (int at = 0; at < width * 3; at++) {
                double value = 0;
                for (int i = -radius; i <= radius; i++) {
                    value += kernel[i + radius] * across[clamp(y + i, height) * width * 3 + at];
                }
                down[y * width * 3 + at] = (float) value;
            }
        }
        return image(image, down);
    }

    /** Independent normal noise on every sample. */
    static RgbImage noise(RgbImage image, double deviation, CounterRandom random) {
        float[] values = values(image);
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (deviation * 255 * random.nextGaussian());
        }
        return image(image, values);
    }

    /** Moves the picture by whole pixels, edges repeated. */
    static RgbImage shift(RgbImage image, int right, int down) {
        int width = image.widthPixels();
        int height = image.heightPixels();
        byte[] rgb = new byte[image.rgb().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = (clamp(y - down, height) * width + clamp(x - right, width)) * 3;
                System.arraycopy(image.rgb(), source, rgb, (y * width + x) * 3, 3);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    /** Quantises the cosine transform of 8 x 8 blocks as a JPEG of the given scale of the standard table does (1 = quality 50). */
    static RgbImage quantise(RgbImage image, double scale) {
        int width = image.widthPixels();
        int height = image.heightPixels();
        float[] values = values(image);
        double[] block = new double[64];
        for (int channel = 0; channel < 3; channel++) {
            for (int top = 0; top < height; top += 8) {
                for (int left = 0; left < width; left += 8) {
                    for (int i = 0; i < 64; i++) {
                        int at = clamp(top + i / 8, height) * width + clamp(left + i % 8, width);
                        block[i] = values[at * 3 + channel] - 128;
                    }
                    double[] coefficients = transform(block, false);
                    for (int i = 0; i < 64; i++) {
                        double step = QUANTISATION[i] * scale;
                        coefficients[i] = Math.rint(coefficients[i] / step) * step;
                    }
                    double[] decoded = transform(coefficients, true);
                    for (int i = 0; i < 64; i++) {
                        int y = top + i / 8;
                        int x = left + i % 8;
                        if (y < height && x < width) {
                            values[(y * width + x) * 3 + channel] = (float) decoded[i] + 128;
                        }
                    }
                }
            }
        }
        return image(image, values);
    }

    /** Multiplies and moves each channel: {@code gain * value + offset}, offset as a share of full scale. */
    static RgbImage tint(RgbImage image, double[] gain, double[] offset) {
        float[] values = values(image);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * gain[i % 3] + 255 * offset[i % 3]);
        }
        return image(image, values);
    }

    /** Covers a rectangle with mid-grey. */
    static RgbImage occlude(RgbImage image, int left, int top, int widthPixels, int heightPixels) {
        byte[] rgb = image.rgb().clone();
        for (int y = top; y < Math.min(top + heightPixels, image.heightPixels()); y++) {
            for (int x = left; x < Math.min(left + widthPixels, image.widthPixels()); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    rgb[(y * image.widthPixels() + x) * 3 + channel] = (byte) 128;
                }
            }
        }
        return new RgbImage(image.widthPixels(), image.heightPixels(), rgb);
    }

    private static double[] transform(double[] block, boolean inverse) {
        double[] rows = new double[64];
        double[] result = new double[64];
        for (int y = 0; y < 8; y++) {
            for (int u = 0; u < 8; u++) {
                double sum = 0;
                for (int x = 0; x < 8; x++) {
                    sum += block[y * 8 + x] * (inverse ? COSINES[x][u] : COSINES[u][x]);
                }
                rows[y * 8 + u] = sum;
            }
        }
        for (int x = 0; x < 8; x++) {
            for (int v = 0; v < 8; v++) {
                double sum = 0;
                for (int y = 0; y < 8; y++) {
                    sum += rows[y * 8 + x] * (inverse ? COSINES[y][v] : COSINES[v][y]);
                }
                result[v * 8 + x] = sum;
            }
        }
        return result;
    }

    private static double[][] cosines() {
        double[][] table = new double[8][8];
        for (int u = 0; u < 8; u++) {
            for (int x = 0; x < 8; x++) {
                table[u][x] = (u == 0 ? Math.sqrt(0.125) : 0.5) * Math.cos((2 * x + 1) * u * Math.PI / 16);
            }
        }
        return table;
    }

    private static int clamp(int position, int length) {
        return Math.max(0, Math.min(length - 1, position));
    }

    private static float[] values(RgbImage image) {
        float[] values = new float[image.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.rgb()[i] & 0xff;
        }
        return values;
    }

    private static RgbImage image(RgbImage like, float[] values) {
        byte[] rgb = new byte[values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i])));
        }
        return new RgbImage(like.widthPixels(), like.heightPixels(), rgb);
    }
}
