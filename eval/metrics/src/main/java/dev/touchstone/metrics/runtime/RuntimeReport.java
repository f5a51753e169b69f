package dev.touchstone.metrics.runtime;

/**
 * What a runtime is on this machine, as {@code touchstone doctor} prints it.
 *
 * @param name in manifests: {@code onnxruntime}, {@code nd4j}
 * @param state whether networks can be loaded
 * @param version of the library, or {@code unknown}
 * @param device where networks run: {@code cpu}, {@code cuda:0}
 * @param reason one sentence: why it does not load, or why it runs where it runs
 */
public record RuntimeReport(String name, State state, String version, String device, String reason) {

    /** Whether a runtime can be used. */
    public enum State {
        WORKS,
        UNAVAILABLE
    }

    /** Whether networks can be loaded. */
    public boolean works() {
        return state == State.WORKS;
    }
}
