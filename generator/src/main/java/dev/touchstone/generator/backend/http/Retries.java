package dev.touchstone.generator.backend.http;

import dev.failsafe.Call;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.ContextualSupplier;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Makes calls to one server, again where that makes sense, and leaves the server alone where it keeps failing. Who is called
 * records every try. Thread-safe.
 */
public final class Retries {

    private static final double JITTER = 0.25;

    private final RetrySettings settings;
    private final FailsafeExecutor<Object> executor;
    private final Set<Call<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    public Retries(RetrySettings settings) {
        this.settings = settings;
        CircuitBreaker<Object> breaker = CircuitBreaker.builder()
                .handleIf((result, failure) ->
                        failure instanceof FailedCall failed && failed.again() && failed.kind() != Kind.OVERLOADED)
                .withFailureThreshold(settings.breaker().failures())
                .withDelay(settings.breaker().pause())
                .build();
        RetryPolicy<Object> again = RetryPolicy.builder()
                .handleIf((result, failure) -> failure instanceof FailedCall failed && mayTryAgain(failed))
                .withMaxAttempts(settings.tries())
                .withBackoff(settings.firstWait(), settings.longestWait())
                .withJitter(JITTER)
                .withDelayFn(Retries::askedWait)
                .build();
        // Waiting for a closed circuit is no try: nothing was sent.
        RetryPolicy<Object> whileOpen = RetryPolicy.builder()
                .handle(CircuitBreakerOpenException.class)
                .withMaxAttempts(-1)
                .withDelayFn(context -> breaker.getRemainingDelay().plusMillis(1))
                .build();
        this.executor = Failsafe.with(again, whileOpen, breaker);
    }

    private boolean mayTryAgain(FailedCall failed) {
        return failed.again()
                && !cancelled
                && failed.askedWait()
                        .filter(wait -> wait.compareTo(settings.longestWait()) > 0)
                        .isEmpty();
    }

    // A negative wait leaves the choice to the policy's own.
    private static Duration askedWait(ExecutionContext<Object> context) {
        return context.getLastException() instanceof FailedCall failed
                ? failed.askedWait().orElse(Duration.ofNanos(-1))
                : Duration.ofNanos(-1);
    }

    /**
     * Makes a call, in this thread, as often as it takes.
     *
     * @param call one try
     * @throws FailedCall that of the last try
     * @throws BackendException of kind {@link Kind#CANCELLED} if {@link #cancel} ends it
     * @throws RuntimeException whatever else the call throws, at once
     */
    public <T> T call(Supplier<T> call) {
        if (cancelled) {
            throw stopped();
        }
        ContextualSupplier<T, T> each = context -> call.get();
        Call<T> made = executor.newCall(each);
        running.add(made);
        try {
            return made.execute();
        } catch (CancellationException e) {
            throw stopped();
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException || cancelled) {
                throw stopped();
            }
            throw e;
        } finally {
            running.remove(made);
            if (cancelled) {
                Thread.interrupted(); // ours, and over
            }
        }
    }

    private static BackendException stopped() {
        return new BackendException(Kind.CANCELLED, "stopped from here");
    }

    /** Ends waits and calls that run, and lets none begin. */
    public void cancel() {
        cancelled = true;
        running.forEach(call -> call.cancel(true));
    }
}
