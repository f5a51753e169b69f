package dev.touchstone.generator.backend.http;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.http.FailedCall.Again;
import dev.touchstone.generator.backend.http.FailedCall.Serving;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends requests over HTTP. Redirects are not followed, certificates are verified as the JDK does, and nothing is sent twice: who
 * wants another try makes another call. Thread-safe.
 */
public final class HttpCaller {

    private static final double MILLIS = 1e3;

    private final HttpClient client;
    private final CallLimits limits;

    public HttpCaller(CallLimits limits) {
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Sends a request and waits for the head of its answer, of whatever status.
     *
     * @throws FailedCall if none comes
     * @throws BackendException if the thread is interrupted
     */
    public HttpAnswer send(HttpRequest request) {
        long due = System.nanoTime() + limits.answer().toNanos();
        CompletableFuture<HttpResponse<BodyPump>> sent = client.sendAsync(request, head -> new BodyPump());
        try {
            HttpResponse<BodyPump> answer = sent.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
            return new HttpAnswer(answer.statusCode(), answer.headers(), answer.body(), limits, due);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new FailedCall(
                    Kind.TIMEOUT,
                    Serving.UNKNOWN,
                    Again.YES,
                    "expected an answer within " + seconds(limits.answer()) + " s, found none");
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw stopped();
        } catch (ExecutionException e) {
            throw failed(request, e.getCause());
        }
    }

    private FailedCall failed(HttpRequest request, Throwable cause) {
        String server = request.uri().getScheme() + "://" + request.uri().getRawAuthority();
        if (cause instanceof HttpConnectTimeoutException) {
            return new FailedCall(
                    Kind.CONNECTION,
                    Serving.NOT_SERVED,
                    Again.YES,
                    "expected a connection to " + server + " within " + seconds(limits.connect()) + " s, found none");
        }
        if (cause instanceof ConnectException || cause instanceof UnresolvedAddressException) {
            return new FailedCall(
                    Kind.CONNECTION,
                    Serving.NOT_SERVED,
                    Again.YES,
                    "expected a server at " + server + ", found none. Is it running, and is base_url right?");
        }
        if (cause instanceof SSLException) {
            return new FailedCall(
                    Kind.CONNECTION,
                    Serving.NOT_SERVED,
                    Again.NO,
                    "expected a certificate of " + server + " that this Java trusts, found: " + cause.getMessage());
        }
        if (cause instanceof IOException) {
            return new FailedCall(
                    Kind.CONNECTION,
                    Serving.UNKNOWN,
                    Again.YES,
                    "expected an answer, found that the connection broke before one");
        }
        return new FailedCall(
                Kind.OTHER,
                Serving.UNKNOWN,
                Again.NO,
                "expected an answer, found " + cause.getClass().getSimpleName());
    }

    static BackendException stopped() {
        return new BackendException(Kind.CANCELLED, "stopped from here");
    }

    static String seconds(Duration duration) {
        double seconds = duration.toMillis() / MILLIS;
        return seconds == Math.rint(seconds)
                ? Long.toString(Math.round(seconds))
                : String.format(Locale.ROOT, "%.3f", seconds);
    }
}
