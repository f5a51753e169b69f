package dev.touchstone.metrics.measure;

import dev.touchstone.metrics.feature.FeatureCache;
import dev.touchstone.metrics.feature.FeatureExtractor;
import dev.touchstone.metrics.feature.FeatureMatrix;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.PlanarImage;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.SourceImage;
import dev.touchstone.metrics.weights.network.ImageNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From files to features. Each worker reads, decodes, resizes and runs a batch of its own on one core, so that while one
 * decodes the others are in the network and no core waits for another. At most one batch per worker is in memory, of large images
 * fewer. Rows
 * are written to fixed places: the result depends on neither batch size nor workers.
 */
final class FeaturePipeline {

    /** Samples of decoded images that a worker holds before they go through a network, however many still fit a batch. */
    private static final long HELD_BYTES = 64L << 20;

    private final ImageDecoder decoder;
    private final Optional<FeatureCache> cache;
    private final int workers;
    private final int batch;
    private final MeasureProgress progress;

    FeaturePipeline(
            ImageDecoder decoder, Optional<FeatureCache> cache, int workers, int batch, MeasureProgress progress) {
        this.decoder = decoder;
        this.cache = cache;
        this.workers = workers;
        this.batch = batch;
        this.progress = progress;
    }

    /** Features of files; those that cannot be decoded are named in the answer and have no row. */
    FolderFeatures features(FeatureExtractor extractor, List<Path> files, String task) {
        Slots slots = new Slots(extractor, files, task);
        ExecutorService executor = Executors.newFixedThreadPool(workers, runnable -> {
            Thread thread = new Thread(runnable, "measure");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            int next = 0;
            while (next < files.size()) {
                int first = next;
                int last = first + size(files.size() - first, extractor);
                running.add(executor.submit(() -> slots.compute(first, last)));
                next = last;
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } finally {
            executor.shutdownNow();
        }
        return slots.answer();
    }

    /** Whole chunks, else smaller batches towards the end, so that no worker is left waiting for the last one of another. */
    private int size(int left, FeatureExtractor extractor) {
        int chunk = extractor.chunk();
        int size = Math.min((batch + chunk - 1) / chunk * chunk, left);
        return extractor instanceof ImageNetwork ? Math.min(size, Math.max(1, left / (2 * workers))) : size;
    }

    /** One row per file, filled by the workers. */
    private final class Slots {
        private final FeatureExtractor extractor;
        private final List<Path> files;
        private final String task;
        private final int columns;
        private final float[] values;
        private final UnreadableImage[] unreadable;
        private int done;

        Slots(FeatureExtractor extractor, List<Path> files, String task) {
            this.extractor = extractor;
            this.files = files;
            this.task = task;
            columns = extractor.dimension();
            values = new float[Math.multiplyExact(files.size(), columns)];
            unreadable = new UnreadableImage[files.size()];
        }

        void compute(int first, int last) {
            Held held = new Held();
            for (int i = first; i < last; i++) {
                try {
                    byte[] bytes = Files.readAllBytes(files.get(i));
                    String digest = cache.isPresent() ? digest(bytes) : "";
                    Optional<float[]> known = find(digest);
                    if (known.isPresent()) {
                        System.arraycopy(known.get(), 0, values, i * columns, columns);
                        continue;
                    }
                    held.add(i, digest, decoder.decodeSource(bytes, files.get(i).toString()));
                } catch (ImageDecodeException e) {
                    unreadable[i] = new UnreadableImage(files.get(i), e.getMessage());
                } catch (IOException e) {
                    unreadable[i] =
                            new UnreadableImage(files.get(i), files.get(i) + ": expected a readable file, found " + e);
                }
            }
            held.compute();
            advance(last - first);
        }

        /** Images on their way into the network. */
        private final class Held {
            private final List<Integer> places = new ArrayList<>();
            private final List<String> digests = new ArrayList<>();
            private final List<RgbImage> images = new ArrayList<>();
            private final List<PlanarImage> prepared = new ArrayList<>();
            private long bytes;

            void add(int place, String digest, SourceImage source) {
                if (extractor instanceof ImageNetwork network) {
                    prepared.add(network.prepare(source));
                } else {
                    RgbImage image = source.rgb();
                    if (bytes + image.rgb().length > HELD_BYTES) {
                        compute();
                    }
                    images.add(image);
                    bytes += image.rgb().length;
                }
                places.add(place);
                digests.add(digest);
            }

            void compute() {
                if (!places.isEmpty()) {
                    keep(
                            places,
                            digests,
                            extractor instanceof ImageNetwork network
                                    ? network.run(prepared)
                                    : extractor.features(images));
                }
                places.clear();
                digests.clear();
                images.clear();
                prepared.clear();
                bytes = 0;
            }
        }

        private Optional<float[]> find(String digest) {
            if (cache.isEmpty()) {
                return Optional.empty();
            }
            synchronized (FeaturePipeline.this) {
                return cache.get().find(extractor, digest);
            }
        }

        private void keep(List<Integer> places, List<String> digests, FeatureMatrix features) {
            Map<String, float[]> added = new LinkedHashMap<>();
            for (int k = 0; k < places.size(); k++) {
                float[] row = Arrays.copyOfRange(features.values(), k * columns, (k + 1) * columns);
                System.arraycopy(row, 0, values, places.get(k) * columns, columns);
                added.put(digests.get(k), row);
            }
            if (cache.isPresent()) {
                synchronized (FeaturePipeline.this) {
                    cache.get().put(extractor, added);
                }
            }
        }

        private void advance(int count) {
            synchronized (progress) {
                done += count;
                progress.advanced(task, done, files.size());
            }
        }

        FolderFeatures answer() {
            List<UnreadableImage> bad =
                    Arrays.stream(unreadable).filter(image -> image != null).toList();
            if (bad.isEmpty()) {
                return new FolderFeatures(new FeatureMatrix(files.size(), columns, values), bad);
            }
            int row = 0;
            for (int i = 0; i < unreadable.length; i++) {
                if (unreadable[i] == null) {
                    System.arraycopy(values, i * columns, values, row++ * columns, columns);
                }
            }
            float[] readable = Arrays.copyOf(values, row * columns);
            return new FolderFeatures(new FeatureMatrix(row, columns, readable), bad);
        }
    }

    /** Of a file and of how it is decoded: features of pixels that are read otherwise today are not taken from a cache. */
    private static String digest(byte[] bytes) {
        return Sha256.of(ImageDecoder.VERSION.getBytes(StandardCharsets.UTF_8), bytes);
    }
}
