package dev.touchstone.eval.trial;

import dev.touchstone.eval.inference.ClusterBootstrap;
import dev.touchstone.eval.inference.IndexedRandom;
import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.eval.trial.SweepPlan.Setting;
import dev.touchstone.eval.trial.SweepPoint.Ranged;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.feature.AttributeReading;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.kid.KernelInceptionDistance;
import dev.touchstone.metrics.metric.kid.UnbiasedEstimate;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tries settings of a model on the same prompts and noises. Goes on where it was stopped, a setting at a time. */
public final class Sweep {

    private static final String STAGE = "sweep";
    private static final int REPLICATES = 2_000;

    private final SweepPlan plan;
    private final Function<String, ImageBackend> models;
    private final TouchstoneFeatures network;
    private final GoldenFeatures golden;
    private final Progress progress;
    private final StopSignal stop;
    private final LearnedPerceptualSimilarity similarity;
    private final List<TrialPrompt> prompts;
    private final int[] clusters;

    /** @param models opens the model in a precision; opened models are closed at the end */
    public Sweep(
            SweepPlan plan,
            Function<String, ImageBackend> models,
            TouchstoneFeatures network,
            GoldenFeatures golden,
            Progress progress,
            StopSignal stop) {
        this.plan = plan;
        this.models = models;
        this.network = network;
        this.golden = golden;
        this.progress = progress;
        this.stop = stop;
        this.similarity = new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        this.prompts = plan.prompts();
        this.clusters = IntStream.range(0, plan.images())
                .map(image -> image / SweepPlan.PER_PROMPT)
                .toArray();
    }

    /**
     * Tries every setting that the folder lacks.
     *
     * @throws dev.touchstone.metrics.file.DataFileException if the folder holds another sweep or cannot be written
     * @throws dev.touchstone.generator.run.RunInterruptedException if asked to stop; the settings so far are kept
     */
    public SweepResult run(Path out) {
        Map<String, ImageBackend> open = new LinkedHashMap<>();
        try {
            ImageBackend first = model(open, plan.precisions().get(0));
            SortedMap<String, String> identity = identity(first);
            try (SweepFolder folder = SweepFolder.open(out, identity)) {
                Matrix reference = golden.of(SweepPlan.WORKFLOWS, SweepPlan.GOLDEN_PER_WORKFLOW);
                tryAll(folder, open, reference);
                NoiseFloor floor = GoldenFeatures.floor(
                        reference,
                        IntStream.range(0, prompts.size())
                                .mapToObj(plan::imagesOf)
                                .toList());
                return new SweepResult(
                        identity,
                        new SweepResult.Floor(floor.mean(), floor.quantile(PackAdherence.LEVEL), floor.n()),
                        points(folder));
            }
        } finally {
            open.values().forEach(ImageBackend::close);
        }
    }

    private void tryAll(SweepFolder folder, Map<String, ImageBackend> open, Matrix reference) {
        List<Setting> settings = plan.settings();
        long total = settings.stream().mapToLong(plan::evaluations).sum();
        List<Setting> rest = settings.stream()
                .filter(setting -> folder.finished(setting).isEmpty())
                .toList();
        long done = total - rest.stream().mapToLong(plan::evaluations).sum();
        progress.report(STAGE, done, total, rest.size() + " of " + settings.size() + " settings to try");
        for (Setting setting : rest) {
            TrialArtist artist = new TrialArtist(model(open, setting.precision()), stop);
            boolean isReference = setting.equals(plan.reference(setting));
            Optional<List<RgbImage>> target =
                    isReference ? Optional.empty() : Optional.of(target(folder, open, setting));
            folder.add(point(folder, artist, setting, target, reference, done, total));
            done += plan.evaluations(setting);
            progress.report(STAGE, done, total, name(setting));
        }
    }

    /** Pictures to compare with; drawn again where a file was lost. */
    private List<RgbImage> target(SweepFolder folder, Map<String, ImageBackend> open, Setting setting) {
        return folder.references(setting.guidance(), plan.images()).orElseGet(() -> {
            Setting of = plan.reference(setting);
            List<RgbImage> pictures = new ArrayList<>();
            TrialArtist artist = new TrialArtist(model(open, of.precision()), stop);
            for (int i = 0; i < prompts.size(); i++) {
                pictures.addAll(artist.draw(prompts.get(i), plan.trial(of), plan.imagesOf(i))
                        .images());
            }
            folder.keep(of.guidance(), pictures);
            return pictures;
        });
    }

    private SweepPoint point(
            SweepFolder folder,
            TrialArtist artist,
            Setting setting,
            Optional<List<RgbImage>> target,
            Matrix reference,
            long done,
            long total) {
        TrialSettings trial = plan.trial(setting);
        List<RgbImage> pictures = new ArrayList<>();
        double[] seconds = new double[prompts.size()];
        artist.draw(
                prompts.get(0), plan.trial(new Setting(setting.precision(), 1, setting.guidance())), plan.imagesOf(0));
        for (int i = 0; i < prompts.size(); i++) {
            long drawn = plan.evaluations(setting) * pictures.size() / plan.images();
            progress.report(STAGE, done + drawn, total, name(setting));
            TrialArtist.Drawing drawing = artist.draw(prompts.get(i), trial, plan.imagesOf(i));
            seconds[i] = drawing.seconds() / drawing.images().size();
            pictures.addAll(drawing.images());
        }
        Arrays.sort(seconds);
        if (target.isEmpty()) {
            folder.keep(setting.guidance(), pictures);
        }
        Matrix features = Matrix.of(network.features(pictures));
        int[] singles = IntStream.range(0, reference.rows()).toArray();
        UnbiasedEstimate kid = KernelInceptionDistance.unbiased(features, clusters, reference, singles);
        return new SweepPoint(
                setting,
                pictures.size(),
                mean(adherence(pictures), "adherence"),
                FrechetInceptionDistance.between(features, reference).value(),
                new Ranged(kid.value(), kid.interval().low(), kid.interval().high()),
                target.map(others -> mean(similarity.distances(pictures, others), "lpips")),
                OrderStatistics.quantile(seconds, 0.5));
    }

    private double[] adherence(List<RgbImage> pictures) {
        List<AttributeReading> readings = network.attributes(pictures);
        double[] shares = new double[pictures.size()];
        for (int i = 0; i < shares.length; i++) {
            // A trial's prompt always asks for a subject, so its adherence is always measured.
            Adherence adherence =
                    Adherence.of(readings.get(i), prompts.get(clusters[i]).asks());
            shares[i] = ((Adherence.Measured) adherence).share();
        }
        return shares;
    }

    /** A mean over pictures, whose interval draws prompts with all their pictures. */
    private Ranged mean(double[] values, String purpose) {
        ClusterBootstrap bootstrap =
                new ClusterBootstrap(IndexedRandom.of(plan.seed(), STAGE, purpose), REPLICATES, PackAdherence.LEVEL);
        double[] sums = new double[prompts.size()];
        for (int i = 0; i < values.length; i++) {
            sums[clusters[i]] += values[i];
        }
        var interval = bootstrap.percentile(prompts.size(), drawn -> {
            double sum = 0;
            int count = 0;
            for (int prompt : drawn) {
                sum += sums[prompt];
                count += plan.imagesOf(prompt);
            }
            return sum / count;
        });
        return new Ranged(Arrays.stream(values).average().orElseThrow(), interval.lower(), interval.upper());
    }

    private List<SweepPoint> points(SweepFolder folder) {
        List<SweepPoint> points = new ArrayList<>();
        for (String precision : plan.precisions()) {
            for (double guidance : plan.guidance()) {
                for (int steps : plan.steps()) {
                    points.add(folder.finished(new Setting(precision, steps, guidance))
                            .orElseThrow());
                }
            }
        }
        return points;
    }

    private ImageBackend model(Map<String, ImageBackend> open, String precision) {
        return open.computeIfAbsent(precision, models);
    }

    /** What two settings must share to be compared. More steps below the most, guidance and precisions may join later. */
    private SortedMap<String, String> identity(ImageBackend first) {
        SortedMap<String, String> identity = new TreeMap<>(first.identity());
        identity.keySet().removeIf(key -> key.endsWith("Reason") || key.equals("precision"));
        identity.put("images", Integer.toString(plan.images()));
        identity.put("imagesPerPrompt", Integer.toString(SweepPlan.PER_PROMPT));
        identity.put("sidePixels", Integer.toString(TrialSettings.SIDE_PIXELS));
        identity.put("sampler", plan.sampler().name().toLowerCase(Locale.ROOT));
        identity.put("seed", Long.toString(plan.seed()));
        identity.put("referenceSteps", Integer.toString(plan.referenceSteps()));
        identity.put("referencePrecision", plan.precisions().get(0));
        identity.put("network", network.name());
        identity.put("networkDigest", network.weightsDigest());
        identity.put("goldenPerWorkflow", Integer.toString(SweepPlan.GOLDEN_PER_WORKFLOW));
        identity.put("goldenDigest", golden.datasetDigest());
        return identity;
    }

    private static String name(Setting setting) {
        return setting.precision() + ", " + setting.steps() + " steps, guidance " + setting.guidance();
    }
}
