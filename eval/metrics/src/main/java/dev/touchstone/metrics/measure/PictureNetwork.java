package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.Picture;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.measure.Measurement.Provenance;
import dev.touchstone.metrics.metric.Metric;
import dev.touchstone.metrics.metric.PerceptualDistance;
import dev.touchstone.metrics.metric.Reads;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import dev.touchstone.metrics.weights.network.LpipsNetwork;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.store.ImportedWeights;
import dev.touchstone.metrics.weights.store.WeightsKind;
import dev.touchstone.metrics.weights.store.WeightsStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What reads pictures for a metric of single images: the built-in network, a published one for distances, or none for pixels. */
final class PictureNetwork implements AutoCloseable {

    private final Optional<TouchstoneFeatures> builtin;
    private final Set<Picture.Part> parts;
    private final PerceptualDistance distance;
    private final Provenance provenance;
    private final List<String> remarks;
    private final Runnable close;

    private PictureNetwork(
            Optional<TouchstoneFeatures> builtin,
            Set<Picture.Part> parts,
            PerceptualDistance distance,
            Provenance provenance,
            List<String> remarks,
            Runnable close) {
        this.builtin = builtin;
        this.parts = parts;
        this.distance = distance;
        this.provenance = provenance;
        this.remarks = remarks;
        this.close = close;
    }

    static PictureNetwork open(Metric metric, MeasureSettings settings) {
        boolean perceptual = metric.reads().contains(Reads.PERCEPTUAL);
        if (perceptual && settings.net().isPresent()) {
            return published(settings.net().get(), settings);
        }
        if (metric.parts().isEmpty()) {
            return new PictureNetwork(
                    Optional.empty(), Set.of(), PerceptualDistance.none(), Provenance.none(), List.of(), () -> {});
        }
        TouchstoneFeatures network = TouchstoneFeatures.builtin();
        return new PictureNetwork(
                Optional.of(network),
                metric.parts(),
                perceptual
                        ? new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network))
                        : PerceptualDistance.none(),
                provenance(network.name(), network.weightsDigest()),
                List.of(),
                network::close);
    }

    private static PictureNetwork published(PerceptualBackbone backbone, MeasureSettings settings) {
        ImportedWeights layers = weights(settings, settings.backboneWeights(), WeightsStore.backboneKind(backbone));
        ImportedWeights linear = weights(settings, settings.linearWeights(), WeightsStore.linearKind(backbone));
        List<String> choices = Stream.of(
                        choice(settings, settings.backboneWeights(), WeightsStore.backboneKind(backbone)),
                        choice(settings, settings.linearWeights(), WeightsStore.linearKind(backbone)))
                .flatMap(Optional::stream)
                .toList();
        LpipsNetwork network = settings.sources().store().perceptual(backbone, layers, linear, 1);
        return new PictureNetwork(
                Optional.empty(),
                Set.of(),
                (first, second) -> network.distance(first.pixels(), second.pixels()),
                provenance(backbone.text(), network.weightsDigest()),
                choices,
                network::close);
    }

    private static ImportedWeights weights(MeasureSettings settings, Optional<Path> file, WeightsKind kind) {
        WeightsStore store = settings.sources().store();
        return file.map(f -> store.importFile(f, settings.sources().digests())).orElseGet(() -> store.require(kind));
    }

    private static Optional<String> choice(MeasureSettings settings, Optional<Path> file, WeightsKind kind) {
        return file.isPresent() ? Optional.empty() : settings.sources().store().choice(kind);
    }

    private static Provenance provenance(String network, String digest) {
        return new Provenance(Optional.of(network), Optional.of(digest), Optional.empty());
    }

    /** Name in the numbers' ids; some name where no network reads. */
    String name() {
        return provenance.features().orElse("none");
    }

    /** Pairs that go through the network together. */
    int together() {
        return builtin.isPresent() ? LearnedPerceptualSimilarity.BATCH : 1;
    }

    /** What a careful reader should know of the network, one sentence each. */
    List<String> remarks() {
        return remarks;
    }

    /** Whether images of any size are resized to one before they are compared. */
    boolean resizes() {
        return builtin.isPresent();
    }

    PerceptualDistance distance() {
        return distance;
    }

    Provenance provenance() {
        return provenance;
    }

    /** Reads pictures, each once. */
    List<Picture> read(List<RgbImage> images) {
        return builtin.filter(network -> !images.isEmpty())
                .map(network -> network.read(images, parts))
                .orElseGet(() -> images.stream().map(Picture::of).toList());
    }

    /** Reads the partners of pictures; one of the same pixels is the same picture, so that a distance to itself is 0. */
    List<Picture> partners(List<Picture> pictures, List<RgbImage> images) {
        if (builtin.isEmpty()) {
            return read(images);
        }
        List<RgbImage> others = new ArrayList<>();
        int[] places = new int[images.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = same(pictures.get(i).pixels(), images.get(i)) ? -1 : others.size();
            if (places[i] >= 0) {
                others.add(images.get(i));
            }
        }
        List<Picture> read = read(others);
        List<Picture> partners = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            partners.add(places[i] < 0 ? pictures.get(i) : read.get(places[i]));
        }
        return partners;
    }

    private static boolean same(RgbImage first, RgbImage second) {
        return first.widthPixels() == second.widthPixels() && Arrays.equals(first.rgb(), second.rgb());
    }

    @Override
    public void close() {
        close.run();
    }
}
