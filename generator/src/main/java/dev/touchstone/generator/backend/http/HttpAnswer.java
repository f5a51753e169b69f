package dev.touchstone.generator.backend.http;

import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.http.FailedCall.Again;
import dev.touchstone.generator.backend.http.FailedCall.Serving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An answer whose head has come. Its body is read once, in one thread, whole or part by part, within the call's limits. */
public final class HttpAnswer implements AutoCloseable {

    private final int status;
    private final HttpHeaders headers;
    private final BodyPump body;
    private final CallLimits limits;
    private final long dueNanos;
    private final long headNanos;
    private long read;
    private boolean whole;

    HttpAnswer(int status, HttpHeaders headers, BodyPump body, CallLimits limits, long dueNanos) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.limits = limits;
        this.dueNanos = dueNanos;
        this.headNanos = System.nanoTime();
    }

    public int status() {
        return status;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Type of the body without parameters, in lower case; empty text if there is none. */
    public String contentType() {
        return header("content-type").orElse("").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** When the head was there, on the clock of {@link System#nanoTime}. */
    public long headNanos() {
        return headNanos;
    }

    /**
     * More of the body; empty at its end.
     *
     * @throws FailedCall if it breaks off, takes too long or is too long
     */
    public Optional<byte[]> more() {
        try {
            long left = Math.min(dueNanos - System.nanoTime(), limits.idle().toNanos());
            Optional<List<ByteBuffer>> buffers = body.next(left);
            whole = buffers.isEmpty();
            Optional<byte[]> bytes = buffers.map(HttpAnswer::joined);
            read += bytes.map(part -> part.length).orElse(0);
            if (read > limits.mostBytes()) {
                throw new FailedCall(
                        Kind.ANSWER,
                        Serving.UNKNOWN,
                        Again.NO,
                        "expected an answer of at most " + limits.mostBytes() + " bytes, found more");
            }
            return bytes;
        } catch (HttpTimeoutException e) {
            throw new FailedCall(
                    Kind.TIMEOUT,
                    Serving.UNKNOWN,
                    Again.YES,
                    System.nanoTime() >= dueNanos
                            ? "expected a whole answer within " + HttpCaller.seconds(limits.answer()) + " s, found "
                                    + read + " bytes of one"
                            : "expected more of the answer within " + HttpCaller.seconds(limits.idle())
                                    + " s, found nothing after " + read + " bytes");
        } catch (IOException e) {
            throw new FailedCall(
                    Kind.CONNECTION,
                    Serving.UNKNOWN,
                    Again.YES,
                    "expected a whole answer, found that the connection broke after " + read + " bytes");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpCaller.stopped();
        }
    }

    /**
     * The whole body.
     *
     * @throws FailedCall as {@link #more}
     */
    public byte[] body() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Optional<byte[]> part = more(); part.isPresent(); part = more()) {
            all.writeBytes(part.get());
        }
        return all.toByteArray();
    }

    private static byte[] joined(List<ByteBuffer> buffers) {
        byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
        int at = 0;
        for (ByteBuffer buffer : buffers) {
            int length = buffer.remaining();
            buffer.get(bytes, at, length);
            at += length;
        }
        return bytes;
    }

    /** Lets go of the connection where the body was not read to its end. */
    @Override
    public void close() {
        if (!whole) {
            body.cancel();
        }
    }
}
