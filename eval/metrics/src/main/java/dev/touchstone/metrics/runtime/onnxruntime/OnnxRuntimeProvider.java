package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.touchstone.metrics.engine.EngineVerdict;
import dev.touchstone.metrics.runtime.Network;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeProvider;
import dev.touchstone.metrics.runtime.RuntimeReport;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.TensorRuntime;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;

/** Runtime {@code onnxruntime}: on a CUDA device where the library can use one, else on the CPU. */
public final class OnnxRuntimeProvider implements RuntimeProvider {

    static final String NAME = "onnxruntime";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return EnumSet.allOf(Precision.class);
    }

    @Override
    public RuntimeReport probe() {
        try {
            OrtEnvironment environment = OnnxEnvironment.get();
            CudaProbe cuda = CudaProbe.run();
            EngineVerdict verdict = OnnxEngine.verdict();
            if (!verdict.passed()) {
                return new RuntimeReport(
                        NAME,
                        RuntimeReport.State.UNAVAILABLE,
                        verdict.version(),
                        cuda.device(),
                        verdict.refusal() + ".");
            }
            return new RuntimeReport(
                    NAME, RuntimeReport.State.WORKS, environment.getVersion(), cuda.device(), cuda.reason());
        } catch (UncheckedIOException e) {
            return new RuntimeReport(NAME, RuntimeReport.State.UNAVAILABLE, "unknown", "none", e.getMessage() + ".");
        } catch (LinkageError | RuntimeException e) {
            return new RuntimeReport(
                    NAME,
                    RuntimeReport.State.UNAVAILABLE,
                    "unknown",
                    "none",
                    "ONNX Runtime's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + e.getMessage() + "); use runtime nd4j.");
        }
    }

    @Override
    public TensorRuntime load(Network network, RuntimeSettings settings) {
        try {
            OnnxEngine.require();
        } catch (LinkageError e) {
            throw refused(network, e);
        }
        return unchecked(network, settings);
    }

    /** Without the self-check, which is made with it. */
    static TensorRuntime unchecked(Network network, RuntimeSettings settings) {
        try {
            byte[] model = OnnxGraph.of(network, settings.precision());
            OrtEnvironment environment = OnnxEnvironment.get();
            OrtSession.SessionOptions options = options(settings.threads());
            try {
                if (CudaProbe.run().works()) {
                    options.addCUDA(0);
                }
                return new OnnxTensorRuntime(network, environment, environment.createSession(model, options), options);
            } catch (OrtException e) {
                options.close();
                throw e;
            }
        } catch (UncheckedIOException e) {
            throw new TensorRuntimeException("network " + network.name() + ": " + e.getMessage(), e);
        } catch (OrtException | LinkageError e) {
            throw refused(network, e);
        }
    }

    private static TensorRuntimeException refused(Network network, Throwable e) {
        return new TensorRuntimeException(
                "network " + network.name() + ": ONNX Runtime could not load it (" + e.getMessage() + ")", e);
    }

    static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OnnxPaths.here().apply(options);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        // Numbers below 1e-38 slow a CPU down hundredfold and never matter in a picture.
        options.addConfigEntry("session.set_denormal_as_zero", "1");
        // Networks take turns: threads of one that spin after its run would keep the next one's from the cores.
        options.addConfigEntry("session.force_spinning_stop", "1");
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        return options;
    }

    /** Whether the loaded library has a CUDA provider that starts. */
    record CudaProbe(boolean works, String device, String reason) {

        static CudaProbe run() {
            if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
                return new CudaProbe(
                        false,
                        "cpu",
                        "Runs on the CPU: this build of ONNX Runtime has no CUDA provider; build with -P onnx-cuda"
                                + " to use an NVIDIA GPU.");
            }
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.addCUDA(0);
                return new CudaProbe(true, "cuda:0", "Runs on the first CUDA device.");
            } catch (OrtException e) {
                return new CudaProbe(
                        false,
                        "cpu",
                        "Runs on the CPU: the CUDA provider does not start (" + e.getMessage()
                                + "); it needs CUDA 12, cuDNN 9 and a driver on the library path.");
            }
        }
    }
}
