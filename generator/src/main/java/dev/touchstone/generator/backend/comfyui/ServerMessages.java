package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Executing;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Lost;
import dev.touchstone.generator.backend.comfyui.ServerMessage.Preview;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The server's WebSocket: stamps each message when it arrives and hands it to the job that it is about. Messages of jobs that are
 * not ours, which servers also send, are counted and dropped. Thread-safe.
 */
final class ServerMessages implements AutoCloseable {

    private static final int MOST_MESSAGE_BYTES = 64 << 20;
    private static final int PREVIEW = 1;
    private static final int PREVIEW_WITH_METADATA = 4;
    private static final String FEATURES = "{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}";

    private final HttpClient client;
    private final URI address;
    private final Duration limit;
    private final Map<String, BlockingQueue<ServerMessage>> jobs = new ConcurrentHashMap<>();
    private final AtomicLong foreign = new AtomicLong();
    private Optional<WebSocket> socket = Optional.empty();
    private volatile String executing = "";
    private volatile boolean closed;

    /** @param address of the WebSocket, with the client's id in its query */
    ServerMessages(HttpClient client, URI address, Duration limit) {
        this.client = client;
        this.address = address;
        this.limit = limit;
    }

    /**
     * Connects, unless it is connected.
     *
     * @throws BackendException if the server takes no WebSocket
     */
    synchronized void connect() {
        if (socket.filter(open -> !open.isInputClosed()).isPresent()) {
            return;
        }
        try {
            WebSocket open = client.newWebSocketBuilder()
                    .connectTimeout(limit)
                    .buildAsync(address, new Listener())
                    .join();
            open.sendText(FEATURES, true).join();
            socket = Optional.of(open);
        } catch (CompletionException e) {
            throw new BackendException(
                    Kind.CONNECTION,
                    "comfyui: expected a WebSocket at " + address.getAuthority() + "/ws, found "
                            + e.getCause().getClass().getSimpleName(),
                    e);
        }
    }

    /** Begins to hear of a job. */
    BlockingQueue<ServerMessage> follow(String promptId) {
        return jobs.computeIfAbsent(promptId, id -> new LinkedBlockingQueue<>());
    }

    /** Hears no more of a job. */
    void leave(String promptId) {
        jobs.remove(promptId);
    }

    /** Messages of jobs that nobody here follows, so far. */
    long foreignMessages() {
        return foreign.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        socket.ifPresent(WebSocket::abort);
    }

    private void hand(ServerMessage message) {
        BlockingQueue<ServerMessage> job = jobs.get(message.promptId());
        if (job == null) {
            foreign.incrementAndGet();
            return;
        }
        if (message instanceof Executing) {
            executing = message.promptId();
        }
        job.add(message);
    }

    private void lost() {
        long now = System.nanoTime();
        if (!closed) {
            jobs.forEach((id, queue) -> queue.add(new Lost(now, id)));
        }
    }

    /** Puts the parts of messages together. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            long nanos = System.nanoTime();
            if (text.length() + data.length() > MOST_MESSAGE_BYTES) {
                from.abort();
                lost();
                return null;
            }
            text.append(data);
            if (last) {
                ServerMessage.parse(nanos, text.toString()).ifPresent(ServerMessages.this::hand);
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            long nanos = System.nanoTime();
            if (bytes.size() + data.remaining() > MOST_MESSAGE_BYTES) {
                from.abort();
                lost();
                return null;
            }
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                preview(bytes.toByteArray()).ifPresent(id -> hand(new Preview(nanos, id)));
                bytes.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            lost();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            lost();
        }
    }

    /** Whose preview it is; those without metadata belong to the job that runs. */
    private Optional<String> preview(byte[] message) {
        if (message.length < 8) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(message);
        int event = buffer.getInt();
        if (event == PREVIEW) {
            return Optional.of(executing).filter(id -> !id.isEmpty());
        }
        int length = buffer.getInt();
        if (event != PREVIEW_WITH_METADATA || length < 0 || length > buffer.remaining()) {
            return Optional.empty();
        }
        return ServerJson.parse(new String(message, 8, length, StandardCharsets.UTF_8))
                .map(metadata -> metadata.path("prompt_id").asText(""))
                .filter(id -> !id.isEmpty());
    }
}
