package dev.touchstone.eval.weights;

import java.util.Optional;
import java.util.function.Supplier;

/** A network that is loaded when it is first needed: never, where every answer is in a cache. Thread-safe. */
final class LazyNetwork implements AutoCloseable {

    private final Supplier<OnnxNetwork> loading;
    private Optional<OnnxNetwork> loaded = Optional.empty();

    LazyNetwork(Supplier<OnnxNetwork> loading) {
        this.loading = loading;
    }

    synchronized OnnxNetwork get() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(loading.get());
        }
        return loaded.get();
    }

    @Override
    public synchronized void close() {
        loaded.ifPresent(OnnxNetwork::close);
        loaded = Optional.empty();
    }
}
