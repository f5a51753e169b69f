package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.metric.Direction;
import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.fid.FeatureMoments;
import dev.touchstone.metrics.metric.fid.FrechetDistance;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.fid.StatisticsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Two statistics files: no network is needed, and which one they come of is not known. */
final class StatisticsMeasure {

    private StatisticsMeasure() {}

    /** Fréchet distance; the reference's statistics are written to {@code saved}. */
    static Measurement fid(Path generated, Path reference, Optional<Path> saved) {
        long start = System.nanoTime();
        CompletableFuture<FeatureMoments> other = CompletableFuture.supplyAsync(() -> StatisticsFile.read(reference));
        FeatureMoments a = StatisticsFile.read(generated);
        FeatureMoments b = joined(other);
        saved.ifPresent(file -> StatisticsFile.write(file, b));
        FrechetDistance distance = FrechetInceptionDistance.between(a, b);
        Score score = new Score.Scored(
                MetricId.of(FrechetInceptionDistance.NAME),
                distance.value(),
                Direction.LOWER_IS_BETTER,
                new Score.SampleSize(a.n().orElse(0), b.n().orElse(0)),
                Optional.empty(),
                distance.route().toString());
        return new Measurement(
                score,
                Map.of("mean-term", distance.meanTerm()),
                List.of(),
                Measurement.Provenance.none(),
                List.of(),
                List.of(),
                List.of(
                        "statistics files do not say which network, weights and recipe they come of: make sure that both"
                                + " are of the same"),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static FeatureMoments joined(CompletableFuture<FeatureMoments> moments) {
        try {
            return moments.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
