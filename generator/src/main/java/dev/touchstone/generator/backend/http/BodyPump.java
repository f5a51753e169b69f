package dev.touchstone.generator.backend.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands a body from the client's threads to the one that reads it, a part at a time, within time limits. */
final class BodyPump implements BodySubscriber<BodyPump> {

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    private sealed interface Part {

        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End(Optional<Throwable> failure) implements Part {}
    }

    @Override
    public CompletionStage<BodyPump> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        to.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part.End(Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End(Optional.empty()));
    }

    /**
     * More of the body; empty at its end.
     *
     * @param nanos longest wait
     * @throws HttpTimeoutException if nothing came
     * @throws IOException if the body broke off
     */
    Optional<List<ByteBuffer>> next(long nanos) throws IOException, InterruptedException {
        Part part = parts.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (part == null) {
            throw new HttpTimeoutException("nothing came");
        }
        if (part instanceof Part.End end) {
            parts.add(end); // it stays the end
            if (end.failure().isPresent()) {
                throw new IOException(
                        end.failure().get().getMessage(), end.failure().get());
            }
            return Optional.empty();
        }
        subscription.request(1);
        return Optional.of(((Part.Bytes) part).buffers());
    }

    /** Lets go of the connection. */
    void cancel() {
        Flow.Subscription to = subscription;
        if (to != null) {
            to.cancel();
        }
    }
}
