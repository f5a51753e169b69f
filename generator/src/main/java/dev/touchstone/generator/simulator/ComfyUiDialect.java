package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HTTP and WebSocket of a ComfyUI server, as 0.33 speaks them: one job at a time, results of the last job kept, a repeated id run
 * again, the history answering the older result meanwhile. Texts are encoded anew for every job.
 */
final class ComfyUiDialect implements Dialect {

    private final SimulatedModel model;
    private final ComfyUiSockets sockets = new ComfyUiSockets();
    private final ComfyUiQueue queue;
    private final AtomicLong numbers = new AtomicLong();

    ComfyUiDialect(SimulatedModel model) {
        this.model = model;
        this.queue = new ComfyUiQueue(model, sockets);
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        String path = exchange.path().replaceFirst("^/api(?=/)", "");
        if (exchange.method().equals("GET")) {
            read(exchange, path);
        } else if (exchange.method().equals("POST")) {
            change(exchange, path);
        }
    }

    private void read(Exchange exchange, String path) throws IOException {
        if (path.equals("/ws")) {
            socket(exchange);
        } else if (path.equals("/system_stats")) {
            json(exchange, 200, systemStats());
        } else if (path.equals("/queue")) {
            json(exchange, 200, queue.queue());
        } else if (path.equals("/prompt")) {
            ObjectNode info = Json.object();
            info.putObject("exec_info").put("queue_remaining", queue.length());
            json(exchange, 200, info);
        } else if (path.equals("/features")) {
            json(exchange, 200, Json.object().put("supports_preview_metadata", true));
        } else if (path.startsWith("/object_info/")) {
            ObjectNode info = Json.object();
            String name = path.substring("/object_info/".length());
            if (ComfyUiGraph.known(name)) {
                info.putObject(name).put("name", name);
            }
            json(exchange, 200, info);
        } else if (path.equals("/history") || path.startsWith("/history/")) {
            json(
                    exchange,
                    200,
                    queue.history(
                            Optional.of(path.replaceFirst("^/history/?", "")).filter(id -> !id.isEmpty())));
        } else if (path.equals("/view")) {
            view(exchange);
        }
    }

    private void change(Exchange exchange, String path) throws IOException {
        if (path.equals("/prompt")) {
            submit(exchange);
        } else if (path.equals("/queue")) {
            body(exchange).path("delete").forEach(id -> queue.delete(id.asText()));
            empty(exchange);
        } else if (path.equals("/interrupt")) {
            queue.interrupt(
                    Optional.of(body(exchange).path("prompt_id").asText("")).filter(id -> !id.isEmpty()));
            empty(exchange);
        } else if (path.equals("/free")) {
            if (body(exchange).path("free_memory").asBoolean()) {
                queue.forget();
            }
            empty(exchange);
        }
    }

    private void socket(Exchange exchange) throws IOException {
        Optional<String> key = exchange.header("sec-websocket-key");
        if (key.isEmpty()) {
            exchange.error(400, "invalid_request_error", "no_upgrade", "expected a WebSocket");
            return;
        }
        String client = exchange.query("clientId")
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> UUID.randomUUID().toString().replace("-", ""));
        WebSocketPeer socket = WebSocketPeer.upgrade(exchange, key.get());
        sockets.put(client, socket);
        try {
            socket.text(ComfyUiSockets.message("status", queue.statusData().put("sid", client)));
            socket.listen();
        } finally {
            sockets.remove(client, socket);
        }
    }

    private void submit(Exchange exchange) throws IOException {
        JsonNode body = body(exchange);
        ComfyUiGraph graph = new ComfyUiGraph(body.path("prompt"));
        Optional<String> unknown = graph.unknownNode();
        if (unknown.isPresent()) {
            String nodeClass = graph.nodeClass(unknown.get());
            refuse(
                    exchange,
                    "missing_node_type",
                    "Node '" + nodeClass + "' not found. The custom node may not be installed.",
                    "Node ID '#" + unknown.get() + "'",
                    Json.object());
            return;
        }
        if (graph.of(ComfyUiGraph.OUTPUTS).isEmpty()) {
            refuse(exchange, "prompt_no_outputs", "Prompt has no outputs", "", Json.object());
            return;
        }
        List<String> good = new ArrayList<>();
        ObjectNode errors = graph.errors(good);
        if (good.isEmpty()) {
            refuse(exchange, "prompt_outputs_failed_validation", "Prompt outputs failed validation", "", errors);
            return;
        }
        Optional<Fault> fault = model.fault(graph.key());
        if (refused(exchange, fault)) {
            return;
        }
        String id = body.path("prompt_id").asText(UUID.randomUUID().toString());
        long number = numbers.getAndIncrement();
        ComfyUiJob job = new ComfyUiJob(
                id,
                number,
                graph,
                Optional.of(body.path("client_id").asText("")).filter(client -> !client.isEmpty()),
                good,
                fault,
                !body.path("extra_data").path("preview_method").asText("none").equals("none"),
                sockets);
        queue.add(job);
        exchange.suffer(fault);
        ObjectNode answer = Json.object().put("prompt_id", id).put("number", number);
        answer.set("node_errors", errors);
        json(exchange, 200, answer);
    }

    private static boolean refused(Exchange exchange, Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            return false;
        }
        switch (fault.get()) {
            case RESET_BEFORE -> exchange.reset();
            case RATE_LIMITED -> exchange.answer(429, new TreeMap<>(), "text/plain", new byte[0]);
            case UNAVAILABLE -> exchange.answer(503, new TreeMap<>(), "text/plain", new byte[0]);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void refuse(Exchange exchange, String type, String message, String details, ObjectNode nodes)
            throws IOException {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putObject("error");
        error.put("type", type).put("message", message).put("details", details).putObject("extra_info");
        answer.set("node_errors", nodes);
        json(exchange, 400, answer);
    }

    private void view(Exchange exchange) throws IOException {
        String name = exchange.query("filename").orElse("");
        Optional<byte[]> file = queue.file(name);
        if (file.isPresent()) {
            exchange.answer(200, new TreeMap<>(), "image/png", file.get());
        } else {
            exchange.answer(name.contains("..") ? 400 : 404, new TreeMap<>(), "application/octet-stream", new byte[0]);
        }
    }

    /** What real servers tell everybody: their command line and their paths among it. */
    private static ObjectNode systemStats() {
        ObjectNode stats = Json.object();
        ObjectNode system = stats.putObject("system");
        system.put("os", "simulated").put("comfyui_version", "0.33.0-simulated");
        system.put("python_version", "none").put("pytorch_version", "none");
        system.putArray("argv").add("/srv/comfyui/main.py").add("--secret-flag");
        stats.putArray("devices").addObject().put("name", "simulated").put("type", "simulated");
        return stats;
    }

    private static JsonNode body(Exchange exchange) {
        try {
            return Json.parse("body", new String(exchange.body(), StandardCharsets.UTF_8))
                    .node();
        } catch (DataFileException e) {
            return Json.object();
        }
    }

    private static void json(Exchange exchange, int status, ObjectNode body) throws IOException {
        exchange.json(status, new TreeMap<>(), Json.line(body));
    }

    private static void empty(Exchange exchange) throws IOException {
        exchange.answer(200, new TreeMap<>(), "application/octet-stream", new byte[0]);
    }
}
