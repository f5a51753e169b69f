package dev.touchstone.metrics.weights.kernel;

/** A convolution with bias and ReLU on both images of a pair. Thread-safe. */
public interface PairLayer {

    /** Channels of the result. */
    int channels();

    /** Side of the result for a side of the input. */
    int side(int side);

    /**
     * Convolves.
     *
     * @param to as high and wide as {@link #side} says
     * @param offset the first of {@code to}'s channels that is written
     */
    void apply(PairMaps from, PairMaps to, int offset, PairScratch scratch);

    /** Into maps of its own. */
    default PairMaps apply(PairMaps from, PairScratch scratch) {
        PairMaps to = scratch.next(side(from.height()), side(from.width()), channels());
        apply(from, to, 0, scratch);
        return to;
    }
}
