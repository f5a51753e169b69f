package dev.touchstone.eval.training;

import dev.touchstone.metrics.feature.CosineSchedule;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to train the feature network.
 *
 * @param out folder of checkpoints and results; created where missing
 * @param images how many examples to show, a multiple of the batch size
 * @param seed of the weights and of the examples
 * @param batchSize examples per step
 * @param producers threads that render ahead of the training thread
 * @param heldBack golden-split scenes to measure accuracy on at the end
 * @param from a model of the same shape that gives the starting weights; empty to start from random weights
 * @param start whether to go on where a checkpoint ends
 */
record TrainingSettings(
        Path out,
        long images,
        long seed,
        int batchSize,
        int producers,
        int heldBack,
        Optional<Path> from,
        TrainingSettings.Start start) {

    /** What to do with a checkpoint in the output folder. */
    enum Start {
        /** Refuse to overwrite it. */
        FRESH,
        /** Continue from it; begin anew where there is none. */
        RESUME
    }

    /** Peak of the learning rate for batches of 64; it grows with the square root of the batch size. */
    private static final double PEAK_RATE = 1.2e-3;

    TrainingSettings {
        require("images", images, 1);
        require("batch", batchSize, 1);
        require("threads", producers, 1);
        require("held-back", heldBack, 1);
        if (images % batchSize != 0) {
            images = (images / batchSize + 1) * batchSize;
        }
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("--" + name + ": expected at least " + least + ", found " + value);
        }
    }

    int steps() {
        return Math.toIntExact(images / batchSize);
    }

    CosineSchedule learningRate() {
        return new CosineSchedule(PEAK_RATE * Math.sqrt(batchSize / 64.0), Math.min(300, steps() / 10 + 1), steps());
    }

    /**
     * Reads {@code --out DIR --images N --seed S --batch B --threads T --held-back H --from MODEL --resume}; all but the folder have
     * defaults.
     *
     * @throws IllegalArgumentException on an unknown name, a missing value or one out of range
     */
    static TrainingSettings parse(String... arguments) {
        Path out = null;
        long images = 400_000;
        long seed = 20261121;
        int batch = 64;
        int producers = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
        int heldBack = 5_000;
        Optional<Path> from = Optional.empty();
        Start start = Start.FRESH;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--resume")) {
                start = Start.RESUME;
                continue;
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + ": expected a value after it, found the end of the line");
            }
            String value = arguments[++i];
            try {
                switch (name) {
                    case "--out" -> out = Path.of(value);
                    case "--images" -> images = Long.parseLong(value);
                    case "--seed" -> seed = Long.parseLong(value);
                    case "--batch" -> batch = Integer.parseInt(value);
                    case "--threads" -> producers = Integer.parseInt(value);
                    case "--from" -> from = Optional.of(Path.of(value));
                    case "--held-back" -> heldBack = Integer.parseInt(value);
                    default ->
                        throw new IllegalArgumentException("expected --out, --images, --seed, --batch, --threads,"
                                + " --held-back, --from or --resume, found " + name);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + ": expected a whole number, found " + value, e);
            }
        }
        if (out == null) {
            throw new IllegalArgumentException("--out: expected a folder, found none");
        }
        return new TrainingSettings(out, images, seed, batch, producers, heldBack, from, start);
    }
}
