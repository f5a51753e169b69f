package dev.touchstone.generator.backend.pebble;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.model.Edit;
import dev.touchstone.generator.model.Pebble;
import dev.touchstone.generator.model.PebbleBatch;
import dev.touchstone.generator.model.Sampling;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The built-in model. One request at a time, from one thread. */
final class PebbleBackend implements ImageBackend {

    private final Pebble pebble;
    private final SortedMap<String, String> identity;

    PebbleBackend(Pebble pebble, SortedMap<String, String> identity) {
        this.pebble = pebble;
        this.identity = new TreeMap<>(identity);
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(identity);
    }

    @Override
    public BackendCapabilities capabilities() {
        return PebbleProvider.CAPABILITIES;
    }

    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        try {
            Sampling sampling = sampling(request.settings());
            phases.enter(Phase.ENCODING, 0);
            pebble.encode(request.prompt(), request.negativePrompt(), sampling);
            List<Integer> indexes = request.imageIndexes();
            for (int from = 0, batch = 0; from < indexes.size(); from += request.batchSize(), batch++) {
                int to = Math.min(from + request.batchSize(), indexes.size());
                batch(request, sampling, indexes.subList(from, to), batch, phases, sink);
            }
        } catch (IllegalArgumentException | TensorRuntimeException e) {
            throw new BackendException("pebble, prompt " + request.promptId() + ": " + e.getMessage(), e);
        }
    }

    private void batch(
            ImageRequest request,
            Sampling sampling,
            List<Integer> indexes,
            int batch,
            PhaseObserver phases,
            ImageSink sink) {
        PebbleBatch images = new PebbleBatch(
                request.widthPixels(),
                request.heightPixels(),
                request.seed(),
                request.promptId().value(),
                indexes,
                sampling,
                request.edit().map(PebbleBackend::edit));
        phases.enter(Phase.SAMPLING, batch);
        Pebble.Sampled sampled = pebble.sample(images, step -> phases.step(batch, step));
        phases.enter(Phase.DECODING, batch);
        List<RgbImage> finished = pebble.decode(sampled);
        Answered answered = Answered.NOTHING
                .by(Pebble.MODEL, "in-process")
                .withSeed(request.seed())
                .withSampling(
                        request.settings().steps(),
                        request.settings().sampler(),
                        request.settings().guidance());
        for (int i = 0; i < finished.size(); i++) {
            sink.accept(indexes.get(i), GeneratedImage.of(finished.get(i)).answered(answered));
        }
    }

    private static Sampling sampling(ImageRequest.SamplingSettings settings) {
        String sampler = settings.sampler().orElseThrow(() -> needed("a sampler"));
        Sampling.Method method = Arrays.stream(Sampling.Method.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(sampler))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "sampler: expected one of euler, heun, found \"" + sampler + "\""));
        return new Sampling(
                method,
                settings.steps().orElseThrow(() -> needed("steps")),
                settings.guidance().orElseThrow(() -> needed("guidance")));
    }

    private static IllegalArgumentException needed(String what) {
        return new IllegalArgumentException("sampling: expected " + what + ", found none");
    }

    private static Edit edit(ImageRequest.EditInput input) {
        Optional<RgbImage> mask = input.mode() == EditMode.VARIATION ? Optional.empty() : Optional.of(input.mask());
        return new Edit(input.input(), mask, input.strength());
    }

    @Override
    public void close() {
        pebble.close();
    }
}
