package dev.touchstone.metrics.weights.store;

import dev.touchstone.metrics.file.AtomicFile;
import dev.touchstone.metrics.image.Recipe;
import dev.touchstone.metrics.weights.container.Safetensors;
import dev.touchstone.metrics.weights.container.StateDict;
import dev.touchstone.metrics.weights.container.WeightFile;
import dev.touchstone.metrics.weights.container.WeightTensor;
import dev.touchstone.metrics.weights.container.WeightsException;
import dev.touchstone.metrics.weights.network.InceptionFeatures;
import dev.touchstone.metrics.weights.network.InceptionGraph;
import dev.touchstone.metrics.weights.network.InceptionTap;
import dev.touchstone.metrics.weights.network.LpipsNetwork;
import dev.touchstone.metrics.weights.network.PerceptualBackbone;
import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Weights that were imported, in a folder, by kind and digest. Inception is kept as the ONNX model that was assembled of it,
 * the others as the tensors that are used. Importing the same file again costs its digest only.
 */
public final class WeightsStore {

    /** Counts up when a model is assembled differently. */
    private static final String FORM = "1";

    private final Path folder;

    /** A store in a folder, which is created on the first import. */
    public WeightsStore(Path folder) {
        this.folder = folder;
    }

    /** The user's store: {@code $TOUCHSTONE_WEIGHTS}, or {@code .touchstone/weights} in the home folder. */
    public static WeightsStore ofUser() {
        return new WeightsStore(Optional.ofNullable(System.getenv("TOUCHSTONE_WEIGHTS"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".touchstone", "weights")));
    }

    /**
     * Checks a published file and keeps what is needed of it.
     *
     * @throws WeightsException if the file is damaged, of another network, or, unless allowed, of an unknown digest
     */
    public ImportedWeights importFile(Path file, DigestPolicy policy) {
        String digest = WeightFile.sha256(file);
        Optional<ImportedWeights> known =
                list().stream().filter(w -> w.sha256().equals(digest)).findFirst();
        if (known.isPresent()) {
            requireAllowed(file, known.get().kind(), digest, policy);
            touch(known.get().file());
            return known.get();
        }
        StateDict weights = WeightFile.open(file);
        WeightsKind kind = WeightsKind.of(weights);
        requireAllowed(file, kind, digest, policy);
        Path target = path(kind, digest);
        try {
            Files.createDirectories(folder);
            if (kind == WeightsKind.INCEPTION_V3) {
                AtomicFile.write(target, InceptionGraph.model(weights));
            } else {
                Map<String, WeightTensor> tensors = new LinkedHashMap<>();
                kind.shapes().keySet().forEach(name -> tensors.put(name, weights.tensor(name)));
                Safetensors.write(target, tensors);
            }
        } catch (IOException e) {
            throw new WeightsException(folder + ": expected a folder to keep weights in, found " + e, e);
        }
        return new ImportedWeights(kind, digest, kind.published(digest), target);
    }

    /** What is in the store, by kind and digest. */
    public List<ImportedWeights> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().flatMap(file -> entry(file).stream()).toList();
        } catch (IOException e) {
            throw new WeightsException(folder + ": expected a readable folder of weights, found " + e, e);
        }
    }

    /**
     * The weights of a kind that were imported; of several, those that were imported last.
     *
     * @throws WeightsException if there are none, with the command that imports them
     */
    public ImportedWeights require(WeightsKind kind) {
        return ofKind(kind).stream()
                .findFirst()
                .orElseThrow(() -> new WeightsException("weights of " + kind.text() + ": expected them in " + folder
                        + ", found none; get " + kind.publishedName() + " and run: touchstone weights import "
                        + kind.publishedName()));
    }

    /** Where several weights of a kind were imported: which of them {@link #require} takes, and how to take another. */
    public Optional<String> choice(WeightsKind kind) {
        List<ImportedWeights> imported = ofKind(kind);
        if (imported.size() < 2) {
            return Optional.empty();
        }
        ImportedWeights taken = imported.get(0);
        return Optional.of(
                imported.size() + " weights of " + kind.text() + " are imported; the last one was taken, SHA-256 "
                        + taken.sha256() + (taken.published() ? "" : ", which nobody published")
                        + "; name another file, or import it again");
    }

    /** The last import first; of two at one instant the lower digest. */
    private List<ImportedWeights> ofKind(WeightsKind kind) {
        return list().stream()
                .filter(w -> w.kind() == kind)
                .sorted(Comparator.comparing(WeightsStore::importedAt)
                        .reversed()
                        .thenComparing(ImportedWeights::sha256))
                .toList();
    }

    private static FileTime importedAt(ImportedWeights weights) {
        try {
            return Files.getLastModifiedTime(weights.file());
        } catch (IOException e) {
            throw new WeightsException(weights.file() + ": expected a readable file of weights, found " + e, e);
        }
    }

    /** Imported again: now the last import, where the store can be written. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A store that others keep: its order stays, and the file that was named is taken all the same.
        }
    }

    /** The FID Inception network; it is loaded when the first image comes. */
    public InceptionFeatures inception(ImportedWeights weights, Recipe recipe, InceptionTap tap, int threads) {
        requireKind(weights, WeightsKind.INCEPTION_V3);
        return new InceptionFeatures(
                () -> new OnnxNetwork("inception-v3", WeightFile.bytes(weights.file()), threads),
                weights.sha256(),
                recipe,
                tap);
    }

    /** LPIPS of a backbone and linear weights. */
    public LpipsNetwork perceptual(
            PerceptualBackbone backbone, ImportedWeights layers, ImportedWeights linear, int threads) {
        requireKind(layers, backboneKind(backbone));
        requireKind(linear, linearKind(backbone));
        return new LpipsNetwork(
                backbone,
                WeightFile.open(layers.file()),
                WeightFile.open(linear.file()),
                layers.sha256() + "+" + linear.sha256(),
                threads);
    }

    public static WeightsKind backboneKind(PerceptualBackbone backbone) {
        return switch (backbone) {
            case ALEX -> WeightsKind.ALEXNET;
            case VGG -> WeightsKind.VGG16;
            case SQUEEZE -> WeightsKind.SQUEEZENET;
        };
    }

    public static WeightsKind linearKind(PerceptualBackbone backbone) {
        return switch (backbone) {
            case ALEX -> WeightsKind.LPIPS_ALEX;
            case VGG -> WeightsKind.LPIPS_VGG;
            case SQUEEZE -> WeightsKind.LPIPS_SQUEEZE;
        };
    }

    private static void requireKind(ImportedWeights weights, WeightsKind expected) {
        if (weights.kind() != expected) {
            throw new WeightsException(weights.file() + ": expected weights of " + expected.text() + ", found those of "
                    + weights.kind().text());
        }
    }

    private static void requireAllowed(Path file, WeightsKind kind, String digest, DigestPolicy policy) {
        if (policy == DigestPolicy.PUBLISHED_ONLY && !kind.published(digest)) {
            throw new WeightsException(file + ": expected SHA-256 " + String.join(" or ", kind.digests())
                    + (kind.digests().get(0).length() < 64 ? "..." : "") + " of " + kind.publishedName() + ", found "
                    + digest + "; the file is damaged or another one, --allow-unknown-digest takes it as it is");
        }
    }

    private Path path(WeightsKind kind, String digest) {
        return folder.resolve(kind.text() + "." + digest + "." + FORM
                + (kind == WeightsKind.INCEPTION_V3 ? ".onnx" : ".safetensors"));
    }

    private Optional<ImportedWeights> entry(Path file) {
        String[] parts = file.getFileName().toString().split("\\.");
        if (parts.length != 4 || !parts[2].equals(FORM) || parts[1].length() != 64) {
            return Optional.empty();
        }
        return Arrays.stream(WeightsKind.values())
                .filter(kind -> kind.text().equals(parts[0]))
                .findFirst()
                .map(kind -> new ImportedWeights(kind, parts[1], kind.published(parts[1]), file));
    }
}
