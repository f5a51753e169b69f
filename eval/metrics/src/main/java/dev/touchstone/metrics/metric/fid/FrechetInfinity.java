package dev.touchstone.metrics.metric.fid;

import dev.touchstone.metrics.metric.MetricException;
import dev.touchstone.metrics.metric.linear.Rows;
import dev.touchstone.metrics.metric.numpy.RandomState;
import java.util.ArrayList;
import java.util.List;

/**
 * FID-infinity (Chong and Forsyth 2020, arXiv 1911.07023): FID of growing subsets of the generated images against all
 * reference images, a straight line through them over 1 / n, and its value at 1 / n = 0, where the bias of small samples is
 * gone. Grid as dgm-eval: 15 sizes from {@code min(5000, max(n / 10, 2))} to n; subsets without replacement, seeded.
 *
 * @param value where the line meets 1 / n = 0; may be slightly negative
 * @param slope of the line over 1 / n
 * @param points FID at each size
 */
public record FrechetInfinity(double value, double slope, List<Point> points) {

    /** Fewest generated images through whose sizes a line is laid. */
    public static final int FEWEST_GENERATED = 20;

    public static final String NAME = "fid-infinity";

    private static final int POINTS = 15;

    /** FID of a subset of n images. */
    public record Point(int n, double fid) {}

    public FrechetInfinity {
        points = List.copyOf(points);
    }

    /**
     * Extrapolates.
     *
     * @param seed of the draws, in [0, 2^32)
     * @throws MetricException if lengths differ or there are fewer than 20 generated or 2 reference images
     */
    public static FrechetInfinity of(Rows generated, Rows reference, long seed) {
        int n = generated.rows();
        if (n < FEWEST_GENERATED) {
            throw new MetricException("fid-infinity: expected at least " + FEWEST_GENERATED
                    + " generated images for a line through sizes, found " + n);
        }
        FrechetReference against = FrechetReference.of(reference);
        RandomState random = new RandomState(seed);
        int first = Math.min(5000, Math.max(n / 10, 2));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            int size = (int) (first + (double) i * (n - first) / (POINTS - 1));
            Rows subset = generated.select(random.choice(n, size));
            points.add(new Point(size, against.distance(subset).value()));
        }
        return fit(points);
    }

    private static FrechetInfinity fit(List<Point> points) {
        double meanX = points.stream().mapToDouble(p -> 1.0 / p.n()).average().orElseThrow();
        double meanY = points.stream().mapToDouble(Point::fid).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        for (Point point : points) {
            double x = 1.0 / point.n() - meanX;
            xy += x * (point.fid() - meanY);
            xx += x * x;
        }
        double slope = xy / xx;
        return new FrechetInfinity(meanY - slope * meanX, slope, points);
    }
}
