package dev.touchstone.metrics.runtime;

/** In which numbers a network's linear layers are computed. Everything else is 32-bit floating point in any case. */
public enum Precision {
    /** 32-bit floating point. */
    FP32("fp32"),
    /** Weights rounded to 8 bits per output channel, activations to 8 bits as they arrive, sums in 32-bit integers. */
    INT8("int8");

    private final String id;

    Precision(String id) {
        this.id = id;
    }

    /** The name in manifests and results. */
    public String id() {
        return id;
    }
}
