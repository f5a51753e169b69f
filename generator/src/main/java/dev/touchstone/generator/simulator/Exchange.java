package dev.touchstone.generator.simulator;

import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One request to a simulator and its answer. A fault of the transport that it was given takes hold of the answer. After an upgrade
 * the streams of the connection belong to the dialect.
 */
final class Exchange {

    private static final long NANOS_BETWEEN_DRIPS = 200_000_000;
    private static final int DRIP_BYTES = 16;

    private final Socket socket;
    private final HttpRequest request;
    private Optional<Fault> fault = Optional.empty();
    private boolean answered;
    private boolean lasting = true;

    Exchange(Socket socket, HttpRequest request) {
        this.socket = socket;
        this.request = request;
    }

    /**
     * A request as it was read.
     *
     * @param method in capitals
     * @param target path and query as sent
     * @param headers by name in lower case
     * @param body whole
     */
    record HttpRequest(String method, String target, SortedMap<String, String> headers, byte[] body) {
        HttpRequest {
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }
    }

    String method() {
        return request.method();
    }

    /** Without the query. */
    String path() {
        return request.target().replaceFirst("\\?.*", "");
    }

    /** The value of a key in the query. */
    Optional<String> query(String key) {
        int at = request.target().indexOf('?');
        String query = at < 0 ? "" : request.target().substring(at + 1);
        for (String part : query.split("&")) {
            String[] pair = part.split("=", 2);
            if (pair[0].equals(key)) {
                return Optional.of(pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** A header by its name in lower case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    byte[] body() {
        return request.body();
    }

    /** Has the answer suffer a fault of the transport; other faults are the dialect's to act. */
    void suffer(Optional<Fault> one) {
        fault = one;
    }

    boolean answered() {
        return answered;
    }

    /** Whether the connection may serve another request. */
    boolean lasting() {
        return lasting && !"close".equalsIgnoreCase(header("connection").orElse(""));
    }

    /** Ends the connection as a crash does. */
    void reset() throws IOException {
        answered = true;
        lasting = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void json(int status, SortedMap<String, String> headers, String body) throws IOException {
        answer(status, headers, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** An error object of the form that most servers share. */
    void error(int status, String type, String code, String message) throws IOException {
        var error = Json.object();
        error.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("code", code)
                .putNull("param");
        json(status, new TreeMap<>(), Json.line(error));
    }

    /** Answers whole, as far as no fault is in the way. */
    void answer(int status, SortedMap<String, String> headers, String contentType, byte[] body) throws IOException {
        Fault one = fault.orElse(Fault.DUPLICATE);
        if (one == Fault.RESET_AFTER || one == Fault.RESET_BEFORE) {
            reset();
        } else if (one == Fault.SILENCE) {
            answered = true;
            lasting = false;
            awaitClient();
        } else if (one == Fault.WRONG_TYPE) {
            byte[] page = "<!doctype html><title>Welcome</title>".getBytes(StandardCharsets.UTF_8);
            write(head(200, headers, "text/html; charset=utf-8", page.length), page);
        } else if (one == Fault.TRUNCATED_BODY) {
            lasting = false;
            byte[] half = Arrays.copyOf(body, body.length / 2);
            write(head(status, headers, contentType, body.length), half);
            socket.shutdownOutput();
        } else if (one == Fault.SLOW_DRIP) {
            lasting = false;
            drip(head(status, headers, contentType, body.length), body);
        } else {
            write(head(status, headers, contentType, body.length), body);
        }
    }

    /** Begins an answer that is sent bit by bit and ends when the stream is closed. */
    OutputStream stream(int status, SortedMap<String, String> headers, String contentType) throws IOException {
        answered = true;
        OutputStream out = socket.getOutputStream();
        out.write(head(status, headers, contentType, -1));
        out.flush();
        return new ChunkedOutput(out);
    }

    /** Hands the connection over, after an answer with status 101. */
    Socket upgrade(SortedMap<String, String> headers) throws IOException {
        answered = true;
        lasting = false;
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private byte[] head(int status, Map<String, String> headers, String contentType, int length) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" -\r\n");
        head.append("Content-Type: ").append(contentType).append("\r\n");
        head.append(length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: ").append(lasting() ? "keep-alive" : "close").append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void write(byte[] head, byte[] body) throws IOException {
        answered = true;
        OutputStream out = socket.getOutputStream();
        out.write(head);
        out.write(body);
        out.flush();
    }

    private void drip(byte[] head, byte[] body) throws IOException {
        write(head, new byte[0]);
        OutputStream out = socket.getOutputStream();
        for (int at = 0; at < body.length; at += DRIP_BYTES) {
            out.write(body, at, Math.min(DRIP_BYTES, body.length - at));
            out.flush();
            LockSupport.parkNanos(NANOS_BETWEEN_DRIPS);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    // Says nothing until the client hangs up or the simulator is closed.
    private void awaitClient() throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            // what a client still says is not listened to
        }
    }
}
