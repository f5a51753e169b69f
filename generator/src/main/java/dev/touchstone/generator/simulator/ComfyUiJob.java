package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One job of a simulated ComfyUI server: says over the WebSocket what the model does, in the order and form of a real server. */
final class ComfyUiJob implements JobObserver {

    private static final int PREVIEW_WITH_METADATA = 4;

    final String id;
    final long number;
    final ComfyUiGraph graph;
    final Optional<String> clientId;
    final long createdMillis;
    final List<String> outputs;
    final Optional<Fault> fault;
    final boolean previews;
    private final ComfyUiSockets sockets;
    private final ArrayNode messages = Json.object().putArray("messages");
    private final Map<String, double[]> states = new LinkedHashMap<>();
    private String running = "";
    private boolean begun;
    private volatile boolean interrupted;

    ComfyUiJob(
            String id,
            long number,
            ComfyUiGraph graph,
            Optional<String> clientId,
            List<String> outputs,
            Optional<Fault> fault,
            boolean previews,
            ComfyUiSockets sockets) {
        this.id = id;
        this.number = number;
        this.graph = graph;
        this.clientId = clientId;
        this.createdMillis = System.currentTimeMillis();
        this.outputs = List.copyOf(outputs);
        this.fault = fault;
        this.previews = previews;
        this.sockets = sockets;
    }

    boolean suffers(Fault one) {
        return fault.filter(one::equals).isPresent();
    }

    /** Ends the job at its next step. */
    void interrupt() {
        interrupted = true;
    }

    boolean interrupted() {
        return interrupted;
    }

    /** Messages that the history keeps. */
    ArrayNode messages() {
        return messages;
    }

    /** The job begins, with these nodes kept from the one before. */
    void begin(List<String> cached) {
        begun = true;
        kept("execution_start", Json.object(), System.currentTimeMillis());
        ObjectNode data = Json.object();
        cached.forEach(data.putArray("nodes")::add);
        kept("execution_cached", data, System.currentTimeMillis());
    }

    @Override
    public void enters(JobPhase phase) throws InterruptedIOException {
        if (phase == JobPhase.QUEUED) {
            return;
        }
        check();
        if (!begun) {
            begin(phase == JobPhase.LOADING ? List.of() : graph.of(ComfyUiGraph.LOADERS));
        }
        switch (phase) {
            case LOADING -> run(ComfyUiGraph.LOADERS);
            case ENCODING -> {
                pass(ComfyUiGraph.LATENTS);
                run(ComfyUiGraph.TEXTS);
            }
            case SAMPLING -> run(ComfyUiGraph.SAMPLERS);
            default -> run(ComfyUiGraph.DECODERS);
        }
    }

    @Override
    public void step(int done, int of) throws InterruptedIOException {
        check();
        states.put(running, new double[] {done, of});
        states();
        if (previews && clientId.isPresent()) {
            sockets.binary(clientId.get(), preview());
        }
        send("progress", about(running).put("value", done).put("max", of));
    }

    /** The pictures are saved by a node; their names are said. */
    void saved(Map<String, List<String>> files) {
        files.forEach((node, names) -> {
            run(node);
            ObjectNode data = about(node).put("display_node", node);
            data.set("output", output(names, graph.nodeClass(node)));
            send("executed", data);
        });
        finish();
    }

    /** Earlier files of nodes that were kept. */
    void keptFiles(Map<String, List<String>> files) {
        files.forEach((node, names) -> {
            ObjectNode data = about(node).put("display_node", node);
            data.set("output", output(names, graph.nodeClass(node)));
            send("executed", data);
            states.put(node, new double[] {1, 1});
            states();
        });
    }

    static ObjectNode output(List<String> names, String nodeClass) {
        ObjectNode output = Json.object();
        ArrayNode images = output.putArray("images");
        for (String name : names) {
            images.addObject()
                    .put("filename", name)
                    .put("subfolder", "")
                    .put("type", nodeClass.equals("PreviewImage") ? "temp" : "output");
        }
        return output;
    }

    /** The last message of the job. */
    void end(String type, ObjectNode data, long millis) {
        kept(type, data, millis);
    }

    /** The message after which the job is in the history. */
    void idle() {
        send("executing", Json.object().putNull("node").put("prompt_id", id));
    }

    /** What ran when the job was ended. */
    ObjectNode where() {
        return Json.object().put("node_id", running).put("node_type", graph.nodeClass(running));
    }

    private void check() throws InterruptedIOException {
        if (interrupted) {
            throw new InterruptedIOException("the job was interrupted");
        }
    }

    private void run(Set<String> classes) {
        List<String> nodes = graph.of(classes);
        for (int i = 1; i < nodes.size(); i++) {
            run(nodes.get(i));
        }
        if (!nodes.isEmpty()) {
            run(nodes.get(0)); // takes the phase's time
        }
    }

    private void pass(Set<String> classes) {
        graph.of(classes).forEach(this::run);
    }

    private void run(String node) {
        finish();
        running = node;
        states.put(node, new double[] {0, 1});
        states();
        send("executing", about(node).put("display_node", node));
    }

    private void finish() {
        if (!running.isEmpty()) {
            double max = states.get(running)[1];
            states.put(running, new double[] {max, max});
            running = "";
            states();
        }
    }

    private void states() {
        ObjectNode data = Json.object().put("prompt_id", id);
        ObjectNode nodes = data.putObject("nodes");
        states.forEach((node, state) -> nodes.putObject(node)
                .put("value", state[0])
                .put("max", state[1])
                .put("state", node.equals(running) ? "running" : "finished")
                .put("node_id", node)
                .put("prompt_id", id)
                .put("display_node_id", node)
                .putNull("parent_node_id")
                .put("real_node_id", node));
        if (clientId.isPresent()) {
            send("progress_state", data);
        } else {
            sockets.broadcast("progress_state", data); // as real servers do with jobs of nobody
        }
    }

    private ObjectNode about(String node) {
        return Json.object().put("node", node).put("prompt_id", id);
    }

    private void kept(String type, ObjectNode data, long millis) {
        ObjectNode whole = data.deepCopy().put("prompt_id", id).put("timestamp", millis);
        messages.addArray().add(type).add(whole);
        send(type, whole);
    }

    private void send(String type, ObjectNode data) {
        for (int times = suffers(Fault.DUPLICATE) ? 2 : 1; times > 0; times--) {
            clientId.ifPresent(client -> sockets.send(client, type, data));
        }
    }

    private byte[] preview() {
        ObjectNode metadata = Json.object().put("node_id", running).put("prompt_id", id);
        byte[] json = Json.line(metadata).getBytes(StandardCharsets.UTF_8);
        byte[] picture = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};
        return ByteBuffer.allocate(8 + json.length + picture.length)
                .putInt(PREVIEW_WITH_METADATA)
                .putInt(json.length)
                .put(json)
                .put(picture)
                .array();
    }

    /** Ids of all nodes. */
    List<String> allNodes() {
        List<String> all = new ArrayList<>();
        graph.nodes().fieldNames().forEachRemaining(all::add);
        return all;
    }
}
