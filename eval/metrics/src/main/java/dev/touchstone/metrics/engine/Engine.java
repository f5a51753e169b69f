package dev.touchstone.metrics.engine;

import java.util.List;

/** A native library that computes numbers. */
public enum Engine {
    OPENBLAS(
            "openblas",
            List.of("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"),
            "fid, kid, prdc and cmmd"),
    ND4J(
            "nd4j",
            List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "OPENBLAS_CORETYPE"),
            "the built-in feature network and runtime nd4j"),
    ONNX_RUNTIME(
            "onnxruntime", List.of("TOUCHSTONE_ONNXRUNTIME_PATHS"), "runtime onnxruntime and the published networks");

    private final String id;
    private final List<String> variables;
    private final String use;

    Engine(String id, List<String> variables, String use) {
        this.id = id;
        this.variables = variables;
        this.use = use;
    }

    /** Name in records and messages. */
    public String id() {
        return id;
    }

    /** Environment variables that choose among its kernels. */
    public List<String> variables() {
        return variables;
    }

    /** What cannot be computed without it. */
    public String use() {
        return use;
    }
}
