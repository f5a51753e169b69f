package dev.touchstone.metrics.weights.network;

import dev.touchstone.metrics.weights.onnx.OnnxNetwork;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A network that is loaded when it is first needed: never, where every answer is in a cache. Thread-safe. */
final class LazyNetwork implements AutoCloseable {

    private final Supplier<OnnxNetwork> loading;
    private Optional<CompletableFuture<OnnxNetwork>> started = Optional.empty();

    LazyNetwork(Supplier<OnnxNetwork> loading) {
        this.loading = loading;
    }

    /** Starts loading beside whatever else is to be done before the network is needed. */
    synchronized CompletableFuture<OnnxNetwork> start() {
        if (started.isEmpty()) {
            started = Optional.of(CompletableFuture.supplyAsync(loading));
        }
        return started.get();
    }

    OnnxNetwork get() {
        try {
            return start().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public synchronized void close() {
        started.ifPresent(network -> network.handle((loaded, failure) -> {
                    Optional.ofNullable(loaded).ifPresent(OnnxNetwork::close);
                    return loaded;
                })
                .join());
        started = Optional.empty();
    }
}
