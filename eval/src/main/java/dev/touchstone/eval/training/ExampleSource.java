package dev.touchstone.eval.training;

/** Examples by number: the same number always gives the same example, on any thread. */
interface ExampleSource {

    /** An example to learn from; the numbers never end. */
    Example training(long index);

    /** An example that no network learns from. */
    Example heldBack(long index);
}
