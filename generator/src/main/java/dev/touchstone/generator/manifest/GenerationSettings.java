package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import java.util.OptionalDouble;

/**
 * Everything that can change a picture, apart from the model and the prompts.
 *
 * @param resolution size of the pictures
 * @param sampling sampler, steps, guidance
 * @param prompting what happens to a prompt before the model sees it
 * @param seeds where the noise comes from
 * @param volume how many pictures, in which portions
 * @param execution what computes them
 * @param editStrength share of the way from the input to pure noise at which an edit starts, in (0, 1]
 * @param delivery how requests are sent; cannot change a picture
 */
public record GenerationSettings(
        Resolution resolution,
        SamplingSettings sampling,
        Prompting prompting,
        Seeds seeds,
        Volume volume,
        Execution execution,
        double editStrength,
        Delivery delivery) {

    /**
     * How requests are sent.
     *
     * @param concurrency requests that run at once, at least 1
     * @param requestsPerMinute most requests that begin in a minute; empty without a limit
     * @param previews unfinished pictures asked for with each image
     */
    public record Delivery(int concurrency, OptionalDouble requestsPerMinute, int previews) {}

    /**
     * @param negativePrompt for prompts that have none of their own, may be empty
     * @param upsampling whether prompts are rewritten at length first
     */
    public record Prompting(String negativePrompt, Upsampling upsampling) {}

    /** Whether prompts are rewritten at length before they are encoded. */
    public enum Upsampling {
        OFF,
        ON
    }

    /**
     * @param policy how image seeds follow from the seed
     * @param seed in [0, 2^53 - 1], so that every JSON reader keeps it exact; 0 where the back end takes none, for what is drawn here
     */
    public record Seeds(SeedPolicy policy, long seed) {}

    /** How image seeds follow from the run's seed. */
    public enum SeedPolicy {
        /** From the seed, the prompt's id and the image's index alone. */
        FIXED
    }

    /**
     * @param imagesPerPrompt kept images of a prompt
     * @param bestOf pictures made for each one that is kept
     * @param batchSize most pictures made at once
     * @param warmupRequests requests that are made and thrown away before the clock starts
     */
    public record Volume(int imagesPerPrompt, int bestOf, int batchSize, int warmupRequests) {}

    /** What computes the pictures. */
    public record Execution(Precision precision, RuntimeChoice runtime) {}

    /** Number format of the weights. */
    public enum Precision {
        FP32,
        INT8
    }

    /** Which library runs the networks. */
    public enum RuntimeChoice {
        /** The fastest that works here. */
        AUTO,
        ONNXRUNTIME,
        ND4J
    }
}
