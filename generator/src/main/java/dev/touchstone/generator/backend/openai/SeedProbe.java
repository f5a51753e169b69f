package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.ImageBackend.Probe;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.image.ImageDecodeException;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * Draws the same seed twice and another once, or twice without a seed where the server takes none, and stops the run where pictures
 * are the same that should differ, or differ that should be the same. The same means: at most a tenth as far apart as other seeds
 * are, because processors that work in another order round differently.
 */
final class SeedProbe implements Probe {

    private static final String PROMPT = "a red circle on a white background";
    private static final long SEED = 7;
    private static final long OTHER_SEED = 8;
    private static final double SAME_SHARE = 0.1;

    private final Drawing drawing;
    private final Seeding seeding;

    /** Draws one picture. */
    @FunctionalInterface
    interface Drawing {

        /** A file's bytes; empty where policy refuses. */
        Optional<byte[]> draw(ImageRequest request, long seed, PhaseObserver phases, ImageSink sink);
    }

    /** Whether seeds are sent. */
    enum Seeding {
        SENT,
        NOT_SENT
    }

    SeedProbe(Drawing drawing, Seeding seeding) {
        this.drawing = drawing;
        this.seeding = seeding;
    }

    @Override
    public void run(ImageRequest like, PhaseObserver phases, ImageSink sink) {
        ImageRequest request = new ImageRequest(
                like.promptId(),
                PROMPT,
                "",
                like.widthPixels(),
                like.heightPixels(),
                like.seed(),
                List.of(0),
                1,
                like.settings(),
                Optional.empty());
        Optional<RgbImage> first = picture(request, SEED, phases, sink);
        Optional<RgbImage> again = seeding == Seeding.SENT ? picture(request, SEED, phases, sink) : first;
        Optional<RgbImage> other = picture(request, OTHER_SEED, phases, sink);
        if (first.isPresent() && again.isPresent() && other.isPresent()) {
            judge(first.get(), again.get(), other.get());
        }
    }

    private void judge(RgbImage first, RgbImage again, RgbImage other) {
        double between = distance(first, other);
        if (between == 0) {
            throw new BackendException(
                    Kind.REFUSED,
                    OpenAiOptions.NAME
                            + (seeding == Seeding.SENT
                                    ? ": expected another picture for another seed, found the same: the server does not read"
                                            + " the field that fields.seed names, and every image of a prompt would be one"
                                    : ": expected another picture for the same prompt, found the same: the server draws with"
                                            + " one seed. Name its field in fields.seed, if it has one")
                            + ". seed_probe: off runs all the same.");
        }
        if (distance(first, again) > SAME_SHARE * between) {
            throw new BackendException(
                    Kind.REFUSED,
                    OpenAiOptions.NAME
                            + ": expected the same picture for the same seed, found another: the server takes"
                            + " the field that fields.seed names, and does not follow it. Take it out of fields, or run all"
                            + " the same with seed_probe: off.");
        }
    }

    private Optional<RgbImage> picture(ImageRequest request, long seed, PhaseObserver phases, ImageSink sink) {
        try {
            return drawing.draw(request, seed, phases, sink)
                    .map(bytes -> new ImageDecoder().decode(bytes, "picture of the seed probe"));
        } catch (ImageDecodeException e) {
            throw new BackendException(
                    Kind.ANSWER, OpenAiOptions.NAME + ": expected a picture, found " + e.getMessage(), e);
        }
    }

    /** Mean distance of the samples, in [0, 255]; infinite between pictures of other sizes. */
    private static double distance(RgbImage one, RgbImage other) {
        if (one.widthPixels() != other.widthPixels() || one.heightPixels() != other.heightPixels()) {
            return Double.POSITIVE_INFINITY;
        }
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF));
        }
        return (double) sum / one.rgb().length;
    }
}
