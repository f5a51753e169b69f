package dev.touchstone.metrics.runtime.nd4j;

import dev.touchstone.metrics.engine.Engine;
import dev.touchstone.metrics.engine.EngineGate;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.engine.EngineVerdicts;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeCheck;
import java.util.EnumSet;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J, believed once its self-check has passed on this processor or device. */
public final class Nd4jEngine {

    static final String VERSION = "1.0.0-M2.1";
    private static final EngineGate GATE = new EngineGate(Nd4jEngine::check);

    private Nd4jEngine() {}

    /**
     * What the self-check found; the first call of a process makes it, or reads that of an earlier process.
     *
     * @throws LinkageError if the native library does not load
     */
    public static EngineVerdict verdict() {
        return GATE.verdict();
    }

    /** @throws dev.touchstone.metrics.engine.EngineException if the self-check failed; the message says what to do */
    public static void require() {
        GATE.require();
    }

    static String version() {
        String version = Nd4j.class.getPackage().getImplementationVersion();
        return version == null ? VERSION : version;
    }

    private static EngineVerdict check() {
        boolean cpu = Nd4jEngine.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") == null;
        // Which graphics card there is, is not known: its passes are not kept.
        EngineVerdicts verdicts = cpu ? EngineVerdicts.here() : EngineVerdicts.unkept();
        String backend = cpu ? "nd4j-native" : "nd4j-cuda";
        // It multiplies by the OpenBLAS of the class path.
        String blas = org.bytedeco.openblas.global.openblas.class.getPackage().getImplementationVersion();
        return verdicts.of(Engine.ND4J, version(), backend + " " + blas, new EngineVerdicts.Check() {
            @Override
            public String kernel() {
                Nd4j.getEnvironment();
                return backend;
            }

            @Override
            public List<String> faults() {
                return RuntimeCheck.faults(
                        (network, settings) -> new Nd4jTensorRuntime(network), EnumSet.of(Precision.FP32));
            }
        });
    }
}
