package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.metric.MetricId;
import dev.touchstone.metrics.metric.MetricResult;
import dev.touchstone.metrics.metric.Score;
import dev.touchstone.metrics.metric.fid.FeatureMoments;
import dev.touchstone.metrics.metric.fid.FidMetric;
import dev.touchstone.metrics.metric.fid.StatisticsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        FidMetric fid = new FidMetric();
        MetricResult result = fid.of("unknown", a, b);
        Score.Scored scored = result.score().scored().orElseThrow();
        return new Measurement(
                new Score.Scored(
                        MetricId.of(fid.name()),
                        scored.value(),
                        scored.direction(),
                        scored.n(),
                        scored.interval(),
                        scored.method()),
                result.parts(),
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
