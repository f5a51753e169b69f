package dev.touchstone.eval.trial;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.run.StopSignal;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Has pictures drawn and takes the time. */
final class TrialArtist {

    private final ImageBackend backend;
    private final StopSignal stop;

    TrialArtist(ImageBackend backend, StopSignal stop) {
        this.backend = backend;
        this.stop = stop;
    }

    /**
     * Pictures of one prompt.
     *
     * @param images in index order
     * @param seconds wall time of the request, all pictures, nothing saved or measured in it
     */
    record Drawing(List<RgbImage> images, double seconds) {}

    /** @throws BackendException if the back end fails or leaves a picture out */
    Drawing draw(TrialPrompt prompt, TrialSettings settings, int images) {
        ImageRequest request = new ImageRequest(
                prompt.id(),
                prompt.text(),
                "",
                settings.side(),
                settings.side(),
                settings.seed(),
                IntStream.range(0, images).boxed().toList(),
                images,
                settings.sampling(),
                prompt.editInput(settings.side()));
        SortedMap<Integer, RgbImage> drawn = new TreeMap<>();
        long start = System.nanoTime();
        backend.generate(request, stopping(), (index, image) -> drawn.put(index, image.pixels()));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (drawn.size() != images) {
            throw new BackendException(
                    "back end, prompt " + prompt.id() + ": expected " + images + " images, found " + drawn.size());
        }
        return new Drawing(new ArrayList<>(drawn.values()), seconds);
    }

    private PhaseObserver stopping() {
        return new PhaseObserver() {
            @Override
            public void enter(Phase phase, int batch) {
                stop.check();
            }

            @Override
            public void step(int batch, int step) {
                stop.check();
            }
        };
    }
}
