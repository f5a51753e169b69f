package dev.touchstone.generator.scene.drawing;

import java.util.Arrays;

/** An opaque picture in memory and the filling of outlines with exact area coverage. */
final class Canvas {
    final int width;
    final int height;
    final int[] rgb;
    private final int stride;
    private final double[] sums;
    private final int[] clip;
    private final boolean hard;
    private double threshold = 0.45;
    private int firstRow;
    private int lastRow;

    /**
     * @param hard whether a pixel belongs to an area wholly or not at all
     */
    Canvas(int width, int height, boolean hard) {
        this.width = width;
        this.height = height;
        this.hard = hard;
        this.rgb = new int[width * height];
        this.stride = width + 2;
        this.sums = new double[stride * height];
        this.clip = new int[width * height];
    }

    /** Sets how much of a pixel an area must cover to take it, on a canvas of hard edges. */
    void demand(double covered) {
        threshold = covered;
    }

    /** Fills an area. */
    void fill(Outline outline, Ink ink) {
        gather(outline);
        for (int y = firstRow; y < lastRow; y++) {
            int row = y * stride;
            double sum = 0;
            for (int x = 0; x < width; x++) {
                sum += sums[row + x];
                int coverage = coverage(sum);
                if (coverage > 0) {
                    blend(y * width + x, ink.at(x + 0.5, y + 0.5), coverage);
                }
            }
            Arrays.fill(sums, row, row + stride, 0);
        }
    }

    /** Remembers the coverage of an area for {@link #fillWithin}. */
    void limit(Outline outline) {
        Arrays.fill(clip, 0);
        gather(outline);
        for (int y = firstRow; y < lastRow; y++) {
            int row = y * stride;
            double sum = 0;
            for (int x = 0; x < width; x++) {
                sum += sums[row + x];
                clip[y * width + x] = coverage(sum);
            }
            Arrays.fill(sums, row, row + stride, 0);
        }
    }

    /** How much of a pixel the limiting area covers, in 256ths; 0 outside the picture. */
    int limitAt(double x, double y) {
        int px = (int) Math.floor(x);
        int py = (int) Math.floor(y);
        return px < 0 || py < 0 || px >= width || py >= height ? 0 : clip[py * width + px];
    }

    /** Fills an area with one colour inside the limiting area; outside it with {@code spill} 256ths of the paint. */
    void fillWithin(Outline outline, int argb, int spill) {
        gather(outline);
        for (int y = firstRow; y < lastRow; y++) {
            int row = y * stride;
            double sum = 0;
            for (int x = 0; x < width; x++) {
                sum += sums[row + x];
                int pixel = y * width + x;
                int coverage = coverage(sum) * Math.max(spill, clip[pixel]) >> 8;
                if (coverage > 0) {
                    blend(pixel, argb, coverage);
                }
            }
            Arrays.fill(sums, row, row + stride, 0);
        }
    }

    private int coverage(double sum) {
        double covered = Math.min(1, Math.abs(sum));
        if (hard) {
            return covered >= threshold ? 256 : 0;
        }
        return (int) (covered * 256 + 0.5);
    }

    private void blend(int pixel, int argb, int coverage) {
        int alpha = argb >>> 24;
        int share = (alpha + (alpha >> 7)) * coverage >> 8;
        int old = rgb[pixel];
        int keep = 256 - share;
        int rb = ((argb & 0xFF00FF) * share + (old & 0xFF00FF) * keep + 0x800080) >>> 8 & 0xFF00FF;
        int g = ((argb & 0xFF00) * share + (old & 0xFF00) * keep + 0x8000) >>> 8 & 0xFF00;
        rgb[pixel] = rb | g;
    }

    private void gather(Outline outline) {
        firstRow = height;
        lastRow = 0;
        for (double[] ring : outline.rings()) {
            int last = ring.length - 2;
            for (int i = 0; i < ring.length; last = i, i += 2) {
                edge(ring[last], ring[last + 1], ring[i], ring[i + 1]);
            }
        }
    }

    /** Cuts an edge at the left and right border, so that each piece lies on one side. */
    private void edge(double x0, double y0, double x1, double y1) {
        if (y0 == y1 || Math.max(y0, y1) <= 0 || Math.min(y0, y1) >= height) {
            return;
        }
        if (x0 < 0 != x1 < 0) {
            double y = y0 + (y1 - y0) * (0 - x0) / (x1 - x0);
            edge(x0 < 0 ? Math.min(x0, 0) : x0, y0, 0, y, x0 < 0);
            edge(0, y, x1, y1, x1 < 0);
        } else {
            edge(x0, y0, x1, y1, x0 < 0);
        }
    }

    private void edge(double x0, double y0, double x1, double y1, boolean outside) {
        if (outside) {
            rows(0, y0, 0, y1);
        } else if (x0 >= width && x1 >= width) {
            return;
        } else if (x0 > width != x1 > width) {
            double y = y0 + (y1 - y0) * (width - x0) / (x1 - x0);
            if (x0 > width) {
                rows(width, y, x1, y1);
            } else {
                rows(x0, y0, width, y);
            }
        } else {
            rows(x0, y0, x1, y1);
        }
    }

    /** Adds the signed area to the right of an edge, row by row; sums along a row give the coverage. */
    private void rows(double ax, double ay, double bx, double by) {
        if (ay == by) {
            return;
        }
        double sign = ay < by ? 1 : -1;
        double x0 = ay < by ? ax : bx;
        double y0 = Math.min(ay, by);
        double x1 = ay < by ? bx : ax;
        double y1 = Math.max(ay, by);
        double slope = (x1 - x0) / (y1 - y0);
        int from = Math.max(0, (int) Math.floor(y0));
        int to = Math.min(height, (int) Math.ceil(y1));
        if (from >= to) {
            return;
        }
        firstRow = Math.min(firstRow, from);
        lastRow = Math.max(lastRow, to);
        for (int y = from; y < to; y++) {
            double top = Math.max(y, y0);
            double bottom = Math.min(y + 1, y1);
            double left = inside(x0 + (top - y0) * slope);
            double right = inside(x0 + (bottom - y0) * slope);
            span(y * stride, Math.min(left, right), Math.max(left, right), (bottom - top) * sign);
        }
    }

    private double inside(double x) {
        return Math.max(0, Math.min(width, x));
    }

    private void span(int row, double left, double right, double area) {
        int first = (int) left;
        int end = (int) Math.ceil(right);
        if (end <= first + 1) {
            double beyond = (left + right) / 2 - first;
            sums[row + first] += area - area * beyond;
            sums[row + first + 1] += area * beyond;
            return;
        }
        double each = 1 / (right - left);
        double before = 0;
        double last = 0;
        for (int x = first; x < end; x++) {
            double a = Math.max(left, x);
            double b = Math.min(right, x + 1);
            double passed = (b - a) * each;
            double covered = before + passed * (x + 1 - (a + b) / 2);
            sums[row + x] += area * (covered - last);
            before += passed;
            last = covered;
        }
        sums[row + end] += area * (1 - last);
    }
}
