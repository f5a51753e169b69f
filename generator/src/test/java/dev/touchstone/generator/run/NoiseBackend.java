package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Draws coloured blocks from (seed, prompt id, image index); can be slow, and can fail. */
class NoiseBackend implements ImageBackend {

    private final long stepNanos;
    private final Set<String> failing;
    private int requests;

    NoiseBackend(long stepNanos, Set<String> failing) {
        this.stepNanos = stepNanos;
        this.failing = failing;
    }

    static NoiseBackend quick() {
        return new NoiseBackend(0, Set.of());
    }

    int requests() {
        return requests;
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(java.util.Map.of("id", "noise", "version", "1", "runtime", "none"));
    }

    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        requests++;
        phases.enter(Phase.ENCODING, 0);
        int batch = 0;
        List<Integer> all = request.imageIndexes();
        for (int from = 0; from < all.size(); from += request.batchSize(), batch++) {
            phases.enter(Phase.SAMPLING, batch);
            for (int step = 0; step < request.settings().steps().orElseThrow(); step++) {
                if (stepNanos > 0) {
                    LockSupport.parkNanos(stepNanos);
                }
                phases.step(batch, step);
            }
            if (failing.contains(request.promptId().value())) {
                throw new BackendException("noise: expected to draw, found the failing prompt " + request.promptId());
            }
            phases.enter(Phase.DECODING, batch);
            for (int index : all.subList(from, Math.min(all.size(), from + request.batchSize()))) {
                sink.accept(index, draw(request, index));
            }
        }
    }

    static RgbImage draw(ImageRequest request, int index) {
        SplittableRandom random = new SplittableRandom(
                request.seed() ^ (request.promptId() + "." + index).hashCode() * 0x9E3779B97F4A7C15L);
        int width = request.widthPixels();
        int height = request.heightPixels();
        byte[] palette = new byte[3 * 64];
        random.nextBytes(palette);
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            int block = i / width * 8 / height * 8 + i % width * 8 / width;
            for (int channel = 0; channel < 3; channel++) {
                rgb[3 * i + channel] = (byte) Math.max(0, (palette[3 * block + channel] & 0xff) - random.nextInt(8));
            }
        }
        return new RgbImage(width, height, rgb);
    }

    @Override
    public void close() {}
}
