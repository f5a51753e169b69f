package dev.touchstone.metrics.feature;

import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features by the content of the image, in a folder that may be deleted at any time. One packed file holds everything of one extractor
 * with one set of weights and one preprocessing. Entries are appended whole and carry a checksum: one that was cut off or
 * damaged is computed again. Several processes may use the folder. Not thread-safe.
 */
public final class FeatureCache {

    /** Images decoded and held at a time. */
    private static final int BATCH = 64;

    private final Path folder;
    private final Map<String, PackedFeatures> files = new HashMap<>();

    /** A cache in a folder, which is created on first use. */
    public FeatureCache(Path folder) {
        this.folder = folder;
    }

    /**
     * Features of images, from the folder where they are there, else from the extractor.
     *
     * @param images in the order of the rows; the same content may occur more than once
     * @throws FeatureException if the folder cannot be written
     */
    public FeatureMatrix features(FeatureExtractor extractor, List<DigestedImage> images) {
        try {
            Files.createDirectories(folder);
            PackedFeatures file = file(extractor);
            int columns = extractor.dimension();
            float[] values = new float[Math.multiplyExact(images.size(), columns)];
            List<Integer> missing = new ArrayList<>();
            for (int row = 0; row < images.size(); row++) {
                if (!copy(file, images.get(row), values, row * columns)) {
                    missing.add(row);
                }
            }
            Map<String, DigestedImage> unknown = new LinkedHashMap<>();
            missing.forEach(row -> unknown.putIfAbsent(images.get(row).sha256(), images.get(row)));
            compute(extractor, file, List.copyOf(unknown.values()));
            for (int row : missing) {
                if (!copy(file, images.get(row), values, row * columns)) {
                    throw new IOException("an entry other than the one written");
                }
            }
            return new FeatureMatrix(images.size(), columns, values);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private static boolean copy(PackedFeatures file, DigestedImage image, float[] values, int offset)
            throws IOException {
        Optional<float[]> found = file.find(image.sha256());
        found.ifPresent(row -> System.arraycopy(row, 0, values, offset, row.length));
        return found.isPresent();
    }

    /**
     * The features of an image of this digest, if they are here.
     *
     * @throws FeatureException if the folder cannot be used
     */
    public Optional<float[]> find(FeatureExtractor extractor, String sha256) {
        try {
            Files.createDirectories(folder);
            return file(extractor).find(sha256);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    /**
     * Keeps features that were computed elsewhere.
     *
     * @param features by the digest of the bytes that they were computed from: of what was decoded, never a digest that was only written down
     * @throws FeatureException if the folder cannot be written
     */
    public void put(FeatureExtractor extractor, Map<String, float[]> features) {
        try {
            Files.createDirectories(folder);
            file(extractor).append(features);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private FeatureException unusable(Exception e) {
        return new FeatureException(folder + ": expected a folder to keep features in, found " + e.getMessage(), e);
    }

    private static void compute(FeatureExtractor extractor, PackedFeatures file, List<DigestedImage> missing)
            throws IOException {
        for (int first = 0; first < missing.size(); first += BATCH) {
            List<DigestedImage> batch = missing.subList(first, Math.min(missing.size(), first + BATCH));
            FeatureMatrix computed =
                    extractor.features(batch.stream().map(DigestedImage::read).toList());
            Map<String, float[]> entries = new LinkedHashMap<>();
            for (int row = 0; row < batch.size(); row++) {
                float[] values = new float[computed.columns()];
                System.arraycopy(computed.values(), row * values.length, values, 0, values.length);
                entries.put(batch.get(row).sha256(), values);
            }
            file.append(entries);
        }
    }

    private PackedFeatures file(FeatureExtractor extractor) throws IOException {
        List<String> identity =
                new ArrayList<>(List.of(extractor.name(), extractor.weightsDigest(), extractor.preprocessing()));
        String key = String.join("\n", identity);
        PackedFeatures file = files.get(key);
        if (file == null) {
            String name = extractor.name() + "-"
                    + Sha256.of(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .substring(0, 16) + ".features";
            file = PackedFeatures.open(folder.resolve(name), key, extractor.dimension());
            files.put(key, file);
        }
        return file;
    }
}
