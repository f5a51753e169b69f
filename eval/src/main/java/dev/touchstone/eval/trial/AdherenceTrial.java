package dev.touchstone.eval.trial;

import dev.touchstone.eval.inference.OrderStatistics;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.run.Progress;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.generator.scene.Workflow;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.AttributeReading;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.NoiseFloor;
import dev.touchstone.metrics.metric.adherence.Adherence;
import dev.touchstone.metrics.metric.fid.FrechetInceptionDistance;
import dev.touchstone.metrics.metric.linear.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts what a back end gets right of a workflow's prompts. */
public final class AdherenceTrial {

    /** Pictures that are read together. */
    private static final int TOGETHER = 32;

    private static final List<Attribute> FIRST =
            List.of(Attribute.SUBJECT, Attribute.COLOUR, Attribute.GROUND, Attribute.PLACE, Attribute.BACKGROUND);

    private final TrialArtist artist;
    private final TouchstoneFeatures network;
    private final GoldenFeatures golden;
    private final TrialSettings settings;
    private final Progress progress;

    public AdherenceTrial(
            ImageBackend backend,
            TouchstoneFeatures network,
            GoldenFeatures golden,
            TrialSettings settings,
            Progress progress,
            StopSignal stop) {
        this.artist = new TrialArtist(backend, stop);
        this.network = network;
        this.golden = golden;
        this.settings = settings;
        this.progress = progress;
    }

    /** Draws prompts of a workflow, the first of the seed's stream, one picture each, and reads them. */
    public PackAdherence run(Workflow workflow, TrialPrompt.Kind kind, int images) {
        Matrix reference = golden.of(List.of(workflow), Integer.MAX_VALUE);
        Tally drawn = new Tally(images, network.dimension());
        Tally perfect = new Tally(images, network.dimension());
        double[] seconds = new double[images];
        List<TrialPrompt> prompts = TrialPrompt.draw(workflow, kind, images, settings.seed());
        List<PackAdherence.Sample> samples = new ArrayList<>();
        artist.draw(prompts.get(0), settings, 1); // the first picture of a shape takes longer
        for (int from = 0; from < images; from += TOGETHER) {
            List<TrialPrompt> some = prompts.subList(from, Math.min(images, from + TOGETHER));
            List<RgbImage> pictures = new ArrayList<>();
            for (TrialPrompt prompt : some) {
                progress.report(workflow.id(), from + pictures.size(), images, "");
                TrialArtist.Drawing drawing = artist.draw(prompt, settings, 1);
                seconds[from + pictures.size()] = drawing.seconds();
                pictures.addAll(drawing.images());
            }
            for (int i = 0; i < some.size() && samples.size() < PackAdherence.SAMPLES; i++) {
                samples.add(new PackAdherence.Sample(some.get(i).text(), pictures.get(i)));
            }
            drawn.add(some, pictures);
            perfect.add(
                    some,
                    some.parallelStream()
                            .map(prompt -> prompt.drawn(settings.side()))
                            .toList());
        }
        progress.report(workflow.id(), images, images, "");
        Arrays.sort(seconds);
        return new PackAdherence(
                workflow.id(),
                images,
                found(drawn, perfect),
                distance(drawn, perfect, reference),
                OrderStatistics.quantile(seconds, 0.5),
                samples);
    }

    private static PackAdherence.Distance distance(Tally drawn, Tally perfect, Matrix reference) {
        NoiseFloor floor = GoldenFeatures.floor(reference, Collections.nCopies(drawn.rows, 1));
        return new PackAdherence.Distance(
                FrechetInceptionDistance.between(drawn.features(), reference).value(),
                FrechetInceptionDistance.between(perfect.features(), reference).value(),
                floor.mean(),
                floor.quantile(PackAdherence.LEVEL),
                floor.n(),
                reference.rows());
    }

    private static Map<Attribute, PackAdherence.Found> found(Tally drawn, Tally perfect) {
        Set<Attribute> order = new LinkedHashSet<>(FIRST);
        order.addAll(Arrays.asList(Attribute.values()));
        Map<Attribute, PackAdherence.Found> found = new LinkedHashMap<>();
        for (Attribute attribute : order) {
            int asked = drawn.asked.getOrDefault(attribute, 0);
            if (asked > 0) {
                found.put(
                        attribute,
                        new PackAdherence.Found(
                                asked,
                                drawn.found.getOrDefault(attribute, 0),
                                perfect.found.getOrDefault(attribute, 0)));
            }
        }
        return found;
    }

    /** What was asked and found in pictures so far, and their features. */
    private final class Tally {

        private final Map<Attribute, Integer> asked = new LinkedHashMap<>();
        private final Map<Attribute, Integer> found = new LinkedHashMap<>();
        private final float[] features;
        private final int columns;
        private int rows;

        Tally(int images, int columns) {
            this.features = new float[images * columns];
            this.columns = columns;
        }

        void add(List<TrialPrompt> prompts, List<RgbImage> pictures) {
            List<AttributeReading> readings = network.attributes(pictures);
            for (int i = 0; i < prompts.size(); i++) {
                if (Adherence.of(readings.get(i), prompts.get(i).asks()) instanceof Adherence.Measured measured) {
                    measured.findings().forEach((attribute, finding) -> {
                        asked.merge(attribute, 1, Integer::sum);
                        found.merge(attribute, finding.found() ? 1 : 0, Integer::sum);
                    });
                }
            }
            FeatureMatrix some = network.features(pictures);
            System.arraycopy(some.values(), 0, features, rows * columns, some.values().length);
            rows += pictures.size();
        }

        Matrix features() {
            return Matrix.of(new FeatureMatrix(rows, columns, features));
        }
    }
}
