package dev.touchstone.metrics.runtime.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** ONNX Runtime's one environment per process, started so that it survives a long class path. */
public final class OnnxEnvironment {

    /**
     * ONNX Runtime 1.29 matches a regular expression against the process's whole command line when it starts, recursing
     * about 250 bytes deep per character. A class path of 4,000 characters overflows a Java thread's 1 MB and ends the
     * process with SIGSEGV. This is enough for the longest argument that Linux allows, 128 KiB.
     */
    private static final long STACK_BYTES = 64L << 20;

    private OnnxEnvironment() {}

    /**
     * The environment; the first call starts it. Nobody may call {@link OrtEnvironment#getEnvironment()} before.
     *
     * @throws LinkageError if the native library does not load
     * @throws java.io.UncheckedIOException if there is no room to unpack it
     */
    public static synchronized OrtEnvironment get() {
        CompletableFuture<OrtEnvironment> started = new CompletableFuture<>();
        Runnable start = () -> {
            try {
                OnnxLibrary.unpack();
                started.complete(OrtEnvironment.getEnvironment());
            } catch (LinkageError | RuntimeException e) {
                started.completeExceptionally(e);
            }
        };
        new Thread(null, start, "onnxruntime-start", STACK_BYTES).start();
        try {
            return started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LinkageError error) {
                throw error;
            }
            if (e.getCause() instanceof UncheckedIOException error) {
                throw error;
            }
            throw new IllegalStateException("ONNX Runtime did not start (" + e.getCause() + ")", e.getCause());
        }
    }
}
