package dev.touchstone.metrics.metric.ssim;

import dev.touchstone.metrics.image.RgbImage;

/** One channel in double. */
record Plane(int width, int height, double[] values) {

    static Plane of(RgbImage image, int channel) {
        double[] values = new double[image.widthPixels() * image.heightPixels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (image.rgb()[3 * i + channel] & 0xff) / 255.0;
        }
        return new Plane(image.widthPixels(), image.heightPixels(), values);
    }

    Plane times(Plane other) {
        double[] product = new double[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = values[i] * other.values[i];
        }
        return new Plane(width, height, product);
    }

    /** Convolution with the outer product of a kernel with itself, only where it lies inside. */
    Plane filtered(double[] kernel) {
        int columns = width - kernel.length + 1;
        int rows = height - kernel.length + 1;
        double[] across = new double[columns * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < kernel.length; k++) {
                    sum += values[y * width + x + k] * kernel[k];
                }
                across[y * columns + x] = sum;
            }
        }
        double[] down = new double[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int k = 0; k < kernel.length; k++) {
                for (int x = 0; x < columns; x++) {
                    down[y * columns + x] += across[(y + k) * columns + x] * kernel[k];
                }
            }
        }
        return new Plane(columns, rows, down);
    }

    /** Means of factor x factor blocks; a rest at the right and the bottom is left out. */
    Plane reduced(int factor) {
        int columns = width / factor;
        int rows = height / factor;
        double[] means = new double[columns * rows];
        for (int y = 0; y < rows * factor; y++) {
            for (int x = 0; x < columns * factor; x++) {
                means[y / factor * columns + x / factor] += values[y * width + x] / (factor * factor);
            }
        }
        return new Plane(columns, rows, means);
    }

    /** Where a side is odd, the first column and the first row are repeated before them, as piq does. */
    Plane padded() {
        if (width % 2 == 0 && height % 2 == 0) {
            return this;
        }
        int columns = width + 1;
        int rows = height + 1;
        double[] padded = new double[columns * rows];
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                padded[y * columns + x] = values[Math.max(y - 1, 0) * width + Math.max(x - 1, 0)];
            }
        }
        return new Plane(columns, rows, padded);
    }
}
