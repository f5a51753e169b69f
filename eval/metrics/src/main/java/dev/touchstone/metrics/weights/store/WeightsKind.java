package dev.touchstone.metrics.weights.store;

import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.network.InceptionUnits;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The published files that are known: the shapes of their tensors and the digests of their bytes. A digest is given as far
 * as it has been seen in two places: the eight digits in the file's name, or, for LPIPS, all of it.
 */
public enum WeightsKind {
    /** {@code pt_inception-2015-12-05-6726825d.pth}. */
    INCEPTION_V3(
            "pt_inception-2015-12-05-6726825d.pth",
            List.of("6726825d"),
            new InceptionUnits().shapes(),
            name -> name.endsWith(".num_batches_tracked")),
    /** torchvision {@code alexnet-owt-7be5be79.pth} and its older twin. */
    ALEXNET(
            "alexnet-owt-7be5be79.pth",
            List.of("7be5be79", "4df8aa71"),
            PerceptualBackbone.ALEX.shapes(),
            WeightsKind::classifier),
    /** torchvision {@code vgg16-397923af.pth}. */
    VGG16("vgg16-397923af.pth", List.of("397923af"), PerceptualBackbone.VGG.shapes(), WeightsKind::classifier),
    /** torchvision {@code squeezenet1_1-b8a52dc0.pth} and its older twin. */
    SQUEEZENET(
            "squeezenet1_1-b8a52dc0.pth",
            List.of("b8a52dc0", "f364aa15"),
            PerceptualBackbone.SQUEEZE.shapes(),
            WeightsKind::classifier),
    /** {@code lpips/weights/v0.1/alex.pth}. */
    LPIPS_ALEX(
            "alex.pth",
            List.of("df73285e35b22355a2df87cdb6b70b343713b667eddbda73e1977e0c860835c0"),
            PerceptualBackbone.ALEX.linearShapes(),
            name -> false),
    /** {@code lpips/weights/v0.1/vgg.pth}. */
    LPIPS_VGG(
            "vgg.pth",
            List.of("a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868"),
            PerceptualBackbone.VGG.linearShapes(),
            name -> false),
    /** {@code lpips/weights/v0.1/squeeze.pth}. */
    LPIPS_SQUEEZE(
            "squeeze.pth",
            List.of("4a5350f23600cb79923ce65bb07cbf57dca461329894153e05a1346bd531cf76"),
            PerceptualBackbone.SQUEEZE.linearShapes(),
            name -> false);

    private static final int LISTED = 12;

    private final String publishedName;
    private final List<String> digests;
    private final Map<String, List<Integer>> shapes;
    private final Predicate<String> spare;

    WeightsKind(
            String publishedName, List<String> digests, Map<String, List<Integer>> shapes, Predicate<String> spare) {
        this.publishedName = publishedName;
        this.digests = digests;
        this.shapes = new LinkedHashMap<>(shapes);
        this.spare = spare;
    }

    private static boolean classifier(String name) {
        return name.startsWith("classifier.");
    }

    /** The name in listings, as in {@code lpips-alex}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How the file is called where it is published. */
    public String publishedName() {
        return publishedName;
    }

    /** Names of the tensors that are used, with their shapes. */
    Map<String, List<Integer>> shapes() {
        return java.util.Collections.unmodifiableMap(shapes);
    }

    /** Whether a file of this digest has been published. */
    boolean published(String digest) {
        return digests.stream().anyMatch(digest::startsWith);
    }

    List<String> digests() {
        return digests;
    }

    /**
     * Which file this is, by its tensors.
     *
     * @throws WeightsException if it is none of the known, or one with missing, foreign or misshapen tensors; all are named
     */
    public static WeightsKind of(StateDict weights) {
        Map<String, List<Integer>> found = weights.shapes();
        WeightsKind best = null;
        long most = 0;
        for (WeightsKind kind : values()) {
            long fitting = kind.shapes.entrySet().stream()
                    .filter(e -> e.getValue().equals(found.get(e.getKey())))
                    .count();
            long known =
                    kind.shapes.keySet().stream().filter(found::containsKey).count();
            if (1000 * fitting + known > most) {
                most = 1000 * fitting + known;
                best = kind;
            }
        }
        if (best == null) {
            throw new WeightsException(weights.source() + ": expected the tensors of one of "
                    + Arrays.stream(values()).map(WeightsKind::text).toList() + ", found "
                    + found.keySet().stream().limit(3).toList() + (found.size() > 3 ? " and more" : ""));
        }
        best.check(weights.source(), found);
        return best;
    }

    private void check(String source, Map<String, List<Integer>> found) {
        List<String> problems = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            Optional<List<Integer>> actual = Optional.ofNullable(found.get(name));
            if (actual.isEmpty()) {
                problems.add(name + ": expected " + shape + ", found no such tensor");
            } else if (!actual.get().equals(shape)) {
                problems.add(name + ": expected " + shape + ", found " + actual.get());
            }
        });
        found.forEach((name, shape) -> {
            if (!shapes.containsKey(name) && !spare.test(name)) {
                problems.add(name + ": expected no such tensor, found " + shape);
            }
        });
        if (!problems.isEmpty()) {
            String more = problems.size() > LISTED ? "\n  and " + (problems.size() - LISTED) + " more" : "";
            throw new WeightsException(source + ": expected the tensors of " + text() + ", found " + problems.size()
                    + " problems\n  " + String.join("\n  ", problems.subList(0, Math.min(LISTED, problems.size())))
                    + more);
        }
    }
}
