package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import dev.touchstone.metrics.engine.Engine;
import dev.touchstone.metrics.engine.EngineGate;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.engine.EngineVerdicts;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeCheck;
import java.util.EnumSet;
import java.util.List;

/** ONNX Runtime, believed once its self-check has passed on this processor or device. */
public final class OnnxEngine {

    private static final EngineGate GATE = new EngineGate(OnnxEngine::check);

    private OnnxEngine() {}

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

    private static EngineVerdict check() {
        // The build for graphics cards has such a library; which card there is, is not known: its passes are not kept.
        boolean cpu = OrtEnvironment.class.getResource("native/linux-x64/libonnxruntime_providers_cuda.so") == null;
        EngineVerdicts verdicts = cpu ? EngineVerdicts.here() : EngineVerdicts.unkept();
        String version = String.valueOf(OrtEnvironment.class.getPackage().getImplementationVersion());
        String device = cpu ? "cpu" : device();
        return verdicts.of(Engine.ONNX_RUNTIME, version, device, new EngineVerdicts.Check() {
            @Override
            public String kernel() {
                OnnxEnvironment.get();
                return OnnxPaths.here() == OnnxPaths.PLAIN ? device + ", plain paths" : device;
            }

            @Override
            public List<String> faults() {
                return RuntimeCheck.faults(OnnxRuntimeProvider::unchecked, EnumSet.allOf(Precision.class));
            }
        });
    }

    private static String device() {
        OnnxEnvironment.get();
        return OnnxRuntimeProvider.CudaProbe.run().device();
    }
}
