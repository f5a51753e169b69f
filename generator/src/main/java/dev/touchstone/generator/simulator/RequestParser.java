package dev.touchstone.generator.simulator;

import dev.touchstone.generator.simulator.Exchange.HttpRequest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads requests of HTTP/1.1 from one connection. */
final class RequestParser {

    private static final int MOST_HEAD_BYTES = 64 << 10;
    private static final int MOST_BODY_BYTES = 256 << 20;

    private final InputStream in;

    RequestParser(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * The next request; empty where the connection ended before one.
     *
     * @throws IOException if what comes is no request, or more than a simulator takes
     */
    Optional<HttpRequest> next() throws IOException {
        int[] left = {MOST_HEAD_BYTES};
        Optional<String> first = line(left);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.get().split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("expected a request of HTTP/1.1, found another first line");
        }
        SortedMap<String, String> headers = new TreeMap<>();
        for (String line = whole(line(left)); !line.isEmpty(); line = whole(line(left))) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("expected a header, found a line without a colon");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return Optional.of(new HttpRequest(parts[0], parts[1], headers, body(headers)));
    }

    private byte[] body(SortedMap<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                if (body.size() + (long) size > MOST_BODY_BYTES) {
                    throw new ProtocolException("expected a smaller body");
                }
                body.write(exactly(size));
                whole(line(new int[] {2}));
            }
            while (!whole(line(new int[] {MOST_HEAD_BYTES})).isEmpty()) {
                // trailers say nothing here
            }
            return body.toByteArray();
        }
        try {
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            if (length < 0 || length > MOST_BODY_BYTES) {
                throw new ProtocolException("expected a smaller body");
            }
            return exactly(length);
        } catch (NumberFormatException e) {
            throw new ProtocolException("expected a length, found something else");
        }
    }

    private int chunkSize() throws IOException {
        try {
            return Integer.parseInt(
                    whole(line(new int[] {100})).replaceFirst(";.*", "").strip(), 16);
        } catch (NumberFormatException e) {
            throw new ProtocolException("expected the size of a chunk, found something else");
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within a body");
        }
        return bytes;
    }

    private static String whole(Optional<String> line) throws EOFException {
        return line.orElseThrow(() -> new EOFException("the connection ended within a request"));
    }

    private Optional<String> line(int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int value = in.read(); value != '\n'; value = in.read()) {
            if (value < 0) {
                if (line.size() > 0) {
                    throw new EOFException("the connection ended within a line");
                }
                return Optional.empty();
            }
            if (--left[0] < 0) {
                throw new ProtocolException("expected a shorter head");
            }
            line.write(value);
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).replaceFirst("\r$", ""));
    }
}
