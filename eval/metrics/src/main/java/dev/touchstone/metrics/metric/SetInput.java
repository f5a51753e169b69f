package dev.touchstone.metrics.metric;

import dev.touchstone.metrics.metric.kid.SubsetProtocol;
import dev.touchstone.metrics.metric.linear.Matrix;
import dev.touchstone.metrics.metric.linear.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a metric of a set looks at.
 *
 * @param network name of what made the features
 * @param generated {@code [n, d]}
 * @param prompts number of the prompt of each generated row, {@code n} of any numbers: pictures of one prompt are a cluster. Not copied
 * @param reference {@code [m, d]}; no rows for metrics without one
 * @param options where a metric has a choice
 */
public record SetInput(String network, Rows generated, int[] prompts, Rows reference, Options options) {

    /**
     * Choices that some metrics have.
     *
     * @param subsets draws of KID; empty takes all pictures at once
     * @param seed of draws, in [0, 2^32)
     */
    public record Options(Optional<SubsetProtocol> subsets, long seed) {

        /** All pictures at once; seed 2020, as torch-fidelity's. */
        public static final Options WHOLE = new Options(Optional.empty(), 2020);
    }

    /** @throws IllegalArgumentException if there is not one prompt for each generated row */
    public SetInput {
        if (prompts.length != generated.rows()) {
            throw new IllegalArgumentException(
                    "set: expected a prompt for each of " + generated.rows() + " pictures, found " + prompts.length);
        }
    }

    /** Two sets, each picture of a prompt of its own, no choices. */
    public static SetInput of(String network, Rows generated, Rows reference) {
        return new SetInput(
                network, generated, IntStream.range(0, generated.rows()).toArray(), reference, Options.WHOLE);
    }

    /** One set without a reference. */
    public static SetInput alone(String network, Rows generated) {
        return of(network, generated, new Matrix(0, generated.columns(), new double[0]));
    }

    /** The same with other choices. */
    public SetInput with(Options changed) {
        return new SetInput(network, generated, prompts, reference, changed);
    }

    /** How many pictures stand on each side. */
    public Score.SampleSize size() {
        return new Score.SampleSize(generated.rows(), reference.rows());
    }

    /** What to say of sets of unequal size, for metrics that depend on both; empty where they are equal. */
    public List<String> unequal() {
        return unequal(generated.rows(), reference.rows());
    }

    /** As {@link #unequal()}, of sizes; 0 is an unknown one, of which nothing is said. */
    public static List<String> unequal(long generated, long reference) {
        return generated > 0 && reference > 0 && generated != reference
                ? List.of("sets of unequal size: " + generated + " generated and " + reference + " reference")
                : List.of();
    }

    /** A list of one remark, then others. */
    public static List<String> remarks(String first, List<String> others) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return all;
    }
}
