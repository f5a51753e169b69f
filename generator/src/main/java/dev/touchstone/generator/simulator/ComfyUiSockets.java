package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sockets of a simulated ComfyUI server, by client. Thread-safe. */
final class ComfyUiSockets {

    private final Map<String, WebSocketPeer> sockets = new ConcurrentHashMap<>();

    /** A client that comes again with its id takes the place of its earlier socket. */
    void put(String clientId, WebSocketPeer socket) {
        sockets.put(clientId, socket);
    }

    void remove(String clientId, WebSocketPeer socket) {
        sockets.remove(clientId, socket);
    }

    void broadcast(String type, ObjectNode data) {
        String message = message(type, data);
        sockets.values().forEach(socket -> socket.text(message));
    }

    /** Sends to one client; to nobody if it has no socket. */
    void send(String clientId, String type, ObjectNode data) {
        WebSocketPeer socket = sockets.get(clientId);
        if (socket != null) {
            socket.text(message(type, data));
        }
    }

    void binary(String clientId, byte[] message) {
        WebSocketPeer socket = sockets.get(clientId);
        if (socket != null) {
            socket.binary(message);
        }
    }

    static String message(String type, ObjectNode data) {
        ObjectNode message = Json.object().put("type", type);
        message.set("data", data);
        return Json.line(message);
    }
}
