package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.comfyui.ServerMessage.ServerFile;
import dev.touchstone.metrics.file.Json;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The calls that a ComfyUI server answers. Follows no redirect, takes no more than 256 MiB an answer, and waits no longer than
 * it was told. Thread-safe.
 */
final class ComfyUiServer {

    private static final long MOST_BYTES = 256L << 20;

    private final HttpClient client;
    private final String base;
    private final Duration limit;

    /**
     * @param address such as {@code http://127.0.0.1:8188}, with a path where a proxy adds one
     * @param limit for each call, from sent to the last byte
     */
    ComfyUiServer(HttpClient client, URI address, Duration limit) {
        this.client = client;
        this.base = address.toString().replaceFirst("/+$", "");
        this.limit = limit;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body whole
     */
    record Answer(int status, byte[] body) {

        /** The JSON of the body; a missing node where it is something else. */
        JsonNode json() {
            return ServerJson.parse(body).orElseGet(() -> Json.object().path("none"));
        }
    }

    /** What the server says of itself. The answer holds its command line and paths: take single members only. */
    JsonNode systemStats() {
        return ok("/system_stats", get("/system_stats")).json();
    }

    /** Whether the server may have a class of nodes; false only where it says that it has not. */
    boolean mayHave(String nodeClass) {
        Answer answer = get("/object_info/" + encoded(nodeClass).replace("+", "%20"));
        JsonNode json = answer.json();
        return answer.status() != 200 || !json.isObject() || json.has(nodeClass);
    }

    /** Sends a job. The caller looks at the status. */
    Answer submit(ObjectNode job) {
        return post("/prompt", job);
    }

    /** Whether a job waits or runs. */
    boolean queued(String promptId) {
        JsonNode queue = ok("/queue", get("/queue")).json();
        return holds(queue.path("queue_running"), promptId) || holds(queue.path("queue_pending"), promptId);
    }

    /** Jobs that wait or run, whoever's they are. */
    int queueLength() {
        JsonNode queue = ok("/queue", get("/queue")).json();
        return queue.path("queue_running").size() + queue.path("queue_pending").size();
    }

    /** What the server remembers of a job that has ended. */
    Optional<JsonNode> history(String promptId) {
        JsonNode entry = ok("/history", get("/history/" + promptId)).json().path(promptId);
        return entry.isObject() ? Optional.of(entry) : Optional.empty();
    }

    /** A file's bytes. */
    byte[] view(ServerFile file) {
        String query = "/view?filename=" + encoded(file.name()) + "&subfolder=" + encoded(file.subfolder()) + "&type="
                + encoded(file.type());
        return ok("/view of " + Said.line(file.toString()), get(query)).body();
    }

    /** Has a job end, whether it waits or runs; says nothing of whether there was one. */
    void cancel(String promptId) {
        ObjectNode delete = Json.object();
        delete.putArray("delete").add(promptId);
        post("/queue", delete);
        if (holds(get("/queue").json().path("queue_running"), promptId)) {
            post("/interrupt", Json.object().put("prompt_id", promptId));
        }
    }

    /** Has the server forget the results that it keeps, after its current job. */
    void forget() {
        post("/free", Json.object().put("unload_models", false).put("free_memory", true));
    }

    /** Hands over a picture; the name under which nodes load it. */
    String upload(String name, byte[] png) {
        String boundary = "touchstone-boundary-7f3a91";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"overwrite\"\r\n\r\ntrue\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n";
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(png);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        HttpRequest request = request("/upload/image")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        JsonNode answer = ok("/upload/image", send("/upload/image", request)).json();
        String subfolder = answer.path("subfolder").asText("");
        return (subfolder.isEmpty() ? "" : subfolder + "/")
                + answer.path("name").asText(name);
    }

    private static boolean holds(JsonNode jobs, String promptId) {
        for (JsonNode job : jobs) {
            if (job.path(1).asText("").equals(promptId)) {
                return true;
            }
        }
        return false;
    }

    private static Answer ok(String what, Answer answer) {
        if (answer.status() != 200) {
            Kind kind = answer.status() == 429 || answer.status() == 503 ? Kind.OVERLOADED : Kind.SERVER;
            throw new BackendException(kind, "comfyui: expected status 200 of " + what + ", found " + answer.status());
        }
        return answer;
    }

    private Answer get(String path) {
        return send(path, request(path).GET().build());
    }

    private Answer post(String path, ObjectNode body) {
        return send(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.line(body)))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
    }

    private Answer send(String path, HttpRequest request) {
        String what =
                "comfyui: expected an answer of " + URI.create(base).getAuthority() + path.replaceFirst("\\?.*", "");
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new BoundedBody(MOST_BYTES));
        try {
            HttpResponse<byte[]> got = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(got.statusCode(), got.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new BackendException(Kind.TIMEOUT, what + " within " + limit.toSeconds() + " s, found none", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new BackendException(Kind.CANCELLED, what + ", found that this thread is to stop", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof HttpTimeoutException) {
                throw new BackendException(Kind.TIMEOUT, what + " within " + limit.toSeconds() + " s, found none", e);
            }
            String found = cause instanceof ConnectException
                    ? "that nothing listens there"
                    : cause.getClass().getSimpleName()
                            + (cause.getMessage() == null ? "" : ": " + Said.line(cause.getMessage()));
            throw new BackendException(Kind.CONNECTION, what + ", found " + found, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
