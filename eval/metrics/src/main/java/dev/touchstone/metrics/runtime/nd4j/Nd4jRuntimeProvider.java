package dev.touchstone.metrics.runtime.nd4j;

import dev.touchstone.metrics.engine.EngineException;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeReport;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.TensorRuntime;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.util.EnumSet;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;

/** Runtime {@code nd4j}: on the back end that is on the class path, nd4j-native or (Maven profile cuda) nd4j-cuda. */
public final class Nd4jRuntimeProvider implements RuntimeProvider {

    static final String NAME = "nd4j";
    private static final String INSTEAD = "use runtime onnxruntime instead";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return EnumSet.of(Precision.FP32);
    }

    @Override
    public RuntimeReport probe() {
        try {
            boolean cpu = Nd4j.getEnvironment().isCPU();
            String library = Nd4jEngine.version();
            EngineVerdict verdict = Nd4jEngine.verdict();
            if (!verdict.passed()) {
                return unavailable(library, verdict.refusal());
            }
            String device = cpu ? "cpu" : "cuda:0";
            String reason = cpu
                    ? "Runs on the CPU (" + Nd4j.getBackend().getClass().getSimpleName()
                            + "); build with -P cuda for an NVIDIA GPU of compute capability 3.7 to 8.6."
                    : "Runs on the first CUDA device.";
            return new RuntimeReport(NAME, RuntimeReport.State.WORKS, library, device, reason);
        } catch (LinkageError | RuntimeException e) {
            return unavailable(Nd4jEngine.VERSION, explain("ND4J does not load here", e));
        }
    }

    private static RuntimeReport unavailable(String version, String reason) {
        return new RuntimeReport(NAME, RuntimeReport.State.UNAVAILABLE, version, "none", reason + "; " + INSTEAD + ".");
    }

    /** The sentence for a library that does not start; the deepest cause says most. */
    static String explain(String what, Throwable thrown) {
        StringBuilder all = new StringBuilder();
        Throwable deepest = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
            deepest = cause;
        }
        String text = all.toString();
        if (text.contains("no kernel image") || text.contains("invalid device function") || text.contains("CUSOLVER")) {
            return "This GPU is newer than nd4j-cuda 11.6, which holds machine code for compute capability 3.7 to 8.6 only";
        }
        return what + " (" + deepest.getClass().getSimpleName() + ": " + deepest.getMessage() + ")";
    }

    @Override
    public TensorRuntime load(Network network, RuntimeSettings settings) {
        try {
            Nd4jEngine.require();
            if (Nd4j.getEnvironment().isCPU()) {
                Nd4j.getEnvironment().setMaxThreads(settings.threads());
                Nd4j.getEnvironment().setMaxMasterThreads(settings.threads());
            }
            return new Nd4jTensorRuntime(network);
        } catch (EngineException e) {
            throw e;
        } catch (LinkageError | RuntimeException e) {
            throw new TensorRuntimeException(
                    "network " + network.name() + ": " + explain("ND4J does not load here", e) + "; " + INSTEAD + ".",
                    e);
        }
    }
}
