package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.simulator.SimulatedModel.Drawn;
import dev.touchstone.metrics.file.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The queue, the one worker, the history and the files of a simulated ComfyUI server. */
final class ComfyUiQueue {

    /** How late a late terminal message comes: as late as real servers were seen to be, 806 ms. */
    static final long LATE_MILLIS = 800;

    private static final int FILES_KEPT = 4_096;

    private final SimulatedModel model;
    private final ComfyUiSockets sockets;
    private final LinkedBlockingQueue<ComfyUiJob> pending = new LinkedBlockingQueue<>();
    private final Map<String, ObjectNode> history = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private volatile Optional<ComfyUiJob> running = Optional.empty();
    private Optional<Kept> kept = Optional.empty();
    private long saved;

    /** What the last job left: real servers keep results of the last one alone. */
    private record Kept(String key, Map<String, List<String>> files) {}

    ComfyUiQueue(SimulatedModel model, ComfyUiSockets sockets) {
        this.model = model;
        this.sockets = sockets;
        Thread worker = new Thread(this::work, "simulator comfyui worker");
        worker.setDaemon(true);
        worker.start();
    }

    void add(ComfyUiJob job) {
        if (job.suffers(Fault.VANISHED_JOB)) {
            model.nothing(ask(job));
            return;
        }
        pending.add(job);
        status();
    }

    /** Drops a job that waits. */
    void delete(String id) {
        pending.removeIf(job -> job.id.equals(id));
        status();
    }

    /** Ends the job that runs, if it is this one. */
    void interrupt(Optional<String> id) {
        running.filter(job -> id.isEmpty() || id.get().equals(job.id)).ifPresent(ComfyUiJob::interrupt);
    }

    /** Forgets what the last job left. */
    synchronized void forget() {
        kept = Optional.empty();
    }

    Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    ObjectNode history(Optional<String> id) {
        ObjectNode all = Json.object();
        history.forEach((job, entry) -> {
            if (id.isEmpty() || id.get().equals(job)) {
                all.set(job, entry);
            }
        });
        return all;
    }

    ObjectNode queue() {
        ObjectNode queue = Json.object();
        ArrayNode now = queue.putArray("queue_running");
        running.ifPresent(job -> entry(now.addArray(), job));
        ArrayNode waiting = queue.putArray("queue_pending");
        pending.forEach(job -> entry(waiting.addArray(), job));
        return queue;
    }

    int length() {
        return pending.size() + (running.isPresent() ? 1 : 0);
    }

    ObjectNode statusData() {
        ObjectNode data = Json.object();
        data.putObject("status").putObject("exec_info").put("queue_remaining", length());
        return data;
    }

    private void status() {
        sockets.broadcast("status", statusData());
    }

    private static void entry(ArrayNode entry, ComfyUiJob job) {
        entry.add(job.number).add(job.id);
        entry.add(job.graph.nodes());
        ObjectNode extra = entry.addObject().put("create_time", job.createdMillis);
        job.clientId.ifPresent(client -> extra.put("client_id", client));
        job.outputs.forEach(entry.addArray()::add);
    }

    private void work() {
        try {
            while (true) {
                ComfyUiJob job = pending.take();
                running = Optional.of(job);
                run(job);
                running = Optional.empty();
                status();
                job.idle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ComfyUiJob job) throws InterruptedException {
        try {
            Map<String, List<String>> made = new LinkedHashMap<>();
            Optional<Kept> same = same(job);
            if (same.isPresent()) {
                job.begin(job.allNodes());
                made.putAll(same.get().files());
                job.keptFiles(made);
            } else {
                Drawn drawn = model.draw(ask(job), job);
                if (job.suffers(Fault.BARE_ERROR)) {
                    fail(job);
                    return;
                }
                made.putAll(save(job, drawn));
                job.saved(made);
                keep(new Kept(job.graph.key(), made));
            }
            long ended = System.currentTimeMillis();
            if (job.suffers(Fault.LATE_TERMINAL)) {
                TimeUnit.MILLISECONDS.sleep(LATE_MILLIS);
            }
            job.end("execution_success", Json.object(), ended);
            remember(job, "success", made);
        } catch (IOException e) {
            ObjectNode where = job.where();
            where.putArray("executed");
            job.end("execution_interrupted", where, System.currentTimeMillis());
            remember(job, "error", Map.of());
        }
    }

    private synchronized Optional<Kept> same(ComfyUiJob job) {
        return kept.filter(last -> last.key().equals(job.graph.key()));
    }

    private synchronized void keep(Kept last) {
        kept = Optional.of(last);
    }

    private void fail(ComfyUiJob job) {
        ObjectNode error = job.where();
        error.putArray("executed");
        error.put("exception_message", "could not read /srv/comfyui/models/vae/some.safetensors");
        error.put("exception_type", "RuntimeError");
        error.putArray("traceback").add("  File \"/srv/comfyui/execution.py\", line 1, in execute\n");
        job.end("execution_error", error, System.currentTimeMillis());
        remember(job, "error", Map.of());
    }

    private Map<String, List<String>> save(ComfyUiJob job, Drawn drawn) {
        Map<String, List<String>> made = new LinkedHashMap<>();
        List<byte[]> pictures = new ArrayList<>(drawn.pictures());
        if (job.suffers(Fault.FEWER_IMAGES)) {
            pictures.remove(pictures.size() - 1);
        }
        for (String output : job.outputs) {
            List<String> names = new ArrayList<>();
            for (byte[] picture : pictures) {
                String name = String.format(java.util.Locale.ROOT, "ComfyUI_%05d_.png", ++saved);
                boolean spoilt = job.suffers(Fault.NOT_A_PICTURE);
                files.put(name, spoilt ? "no picture".getBytes(StandardCharsets.UTF_8) : labelled(picture, job));
                files.remove(String.format(java.util.Locale.ROOT, "ComfyUI_%05d_.png", saved - FILES_KEPT));
                names.add(name);
            }
            made.put(output, names);
        }
        return made;
    }

    /** As real servers do: the workflow in a text chunk of the picture. */
    private static byte[] labelled(byte[] png, ComfyUiJob job) {
        return PngText.with(png, "prompt", job.graph.key());
    }

    private void remember(ComfyUiJob job, String status, Map<String, List<String>> made) {
        ObjectNode entry = Json.object();
        entry(entry.putArray("prompt"), job);
        ObjectNode outputs = entry.putObject("outputs");
        made.forEach((node, names) -> outputs.set(node, ComfyUiJob.output(names, job.graph.nodeClass(node))));
        ObjectNode said = entry.putObject("status");
        said.put("status_str", status).put("completed", status.equals("success"));
        said.set("messages", job.messages());
        entry.putObject("meta");
        history.put(job.id, entry);
    }

    private static Ask ask(ComfyUiJob job) {
        ComfyUiGraph graph = job.graph;
        return new Ask(
                graph.key(),
                graph.prompt(),
                graph.seed(),
                graph.latent("batch_size", 1),
                graph.latent("width", 512),
                graph.latent("height", 512),
                OptionalInt.of(graph.steps()),
                Optional.empty(),
                job.fault);
    }
}
