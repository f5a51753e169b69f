package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;

/** Which of ONNX Runtime's ways to the same numbers are taken. */
public enum OnnxPaths {
    /** All graph optimizations, blocked layouts of convolutions, weights packed beforehand. */
    FAST,
    /** None of these: what a check of other processors' paths compares with. */
    PLAIN;

    /** Environment variable: {@code plain}, or anything else for {@link #FAST}. */
    public static final String VARIABLE = "TOUCHSTONE_ONNXRUNTIME_PATHS";

    /** Of this process. */
    public static OnnxPaths here() {
        return "plain".equals(System.getenv(VARIABLE)) ? PLAIN : FAST;
    }

    /** Writes the choice into a session's options. */
    public void apply(OrtSession.SessionOptions options) throws OrtException {
        options.setOptimizationLevel(this == FAST ? OptLevel.ALL_OPT : OptLevel.NO_OPT);
        if (this == PLAIN) {
            options.addConfigEntry("session.disable_prepacking", "1");
        }
    }
}
