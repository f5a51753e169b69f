package dev.touchstone.generator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.metrics.file.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A workflow as a ComfyUI server reads it, as far as a simulator can draw it: text, latent, sampler, decoder, saver. */
final class ComfyUiGraph {

    static final Set<String> LOADERS =
            Set.of("CheckpointLoaderSimple", "UNETLoader", "CLIPLoader", "DualCLIPLoader", "VAELoader", "LoraLoader");
    static final Set<String> LATENTS = Set.of(
            "EmptyLatentImage",
            "EmptySD3LatentImage",
            "LoadImage",
            "LoadImageMask",
            "VAEEncode",
            "VAEEncodeForInpaint");
    static final Set<String> TEXTS = Set.of("CLIPTextEncode", "ConditioningZeroOut", "FluxGuidance");
    static final Set<String> SAMPLERS = Set.of("KSampler");
    static final Set<String> DECODERS = Set.of("VAEDecode");
    static final Set<String> OUTPUTS = Set.of("SaveImage", "PreviewImage");

    private final JsonNode nodes;

    ComfyUiGraph(JsonNode nodes) {
        this.nodes = nodes;
    }

    static boolean known(String nodeClass) {
        return List.of(LOADERS, LATENTS, TEXTS, SAMPLERS, DECODERS, OUTPUTS).stream()
                .anyMatch(classes -> classes.contains(nodeClass));
    }

    JsonNode nodes() {
        return nodes;
    }

    /** What makes the request itself. */
    String key() {
        return Json.line(nodes);
    }

    String nodeClass(String id) {
        return nodes.path(id).path("class_type").asText("");
    }

    List<String> of(Set<String> classes) {
        List<String> ids = new ArrayList<>();
        nodes.fieldNames().forEachRemaining(id -> {
            if (classes.contains(nodeClass(id))) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** A node of a class that no server here has. */
    Optional<String> unknownNode() {
        List<String> unknown = new ArrayList<>();
        nodes.fieldNames().forEachRemaining(id -> {
            if (!known(nodeClass(id))) {
                unknown.add(id);
            }
        });
        return unknown.stream().findFirst();
    }

    /** What is wrong, by node, in the server's own form; the outputs in {@code good} can be made all the same. */
    ObjectNode errors(List<String> good) {
        ObjectNode errors = Json.object();
        for (String output : of(OUTPUTS)) {
            Optional<String> missing = missing(output, 0);
            if (missing.isEmpty()) {
                good.add(output);
                continue;
            }
            ObjectNode error = errors.putObject(output);
            ObjectNode one = error.putArray("errors").addObject();
            one.put("type", "exception_during_validation");
            one.put("message", "Exception when validating node");
            one.put("details", "'" + missing.get() + "'");
            one.putObject("extra_info")
                    .put("exception_type", "KeyError")
                    .putArray("traceback")
                    .add("(left out)");
            error.putArray("dependent_outputs").add(output);
            error.put("class_type", nodeClass(output));
        }
        for (String sampler : of(SAMPLERS)) {
            long steps = number(sampler, "steps", 20);
            if (steps < 1) {
                ObjectNode error = errors.putObject(sampler);
                ObjectNode one = error.putArray("errors").addObject();
                one.put("type", "value_smaller_than_min");
                one.put("message", "Value " + steps + " smaller than min of 1");
                one.put("details", "steps");
                good.forEach(error.putArray("dependent_outputs")::add);
                error.put("class_type", nodeClass(sampler));
                good.clear();
            }
        }
        return errors;
    }

    private Optional<String> missing(String id, int depth) {
        if (!nodes.has(id) || depth > nodes.size()) {
            return Optional.of(id);
        }
        for (Map.Entry<String, JsonNode> input : nodes.path(id).path("inputs").properties()) {
            if (input.getValue().isArray()) {
                Optional<String> found = missing(input.getValue().path(0).asText(), depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The text that the sampler follows. */
    String prompt() {
        String at = link(sampler(), "positive");
        while (!at.isEmpty() && nodes.path(at).path("inputs").path("text").isMissingNode()) {
            at = link(at, "conditioning");
        }
        return nodes.path(at).path("inputs").path("text").asText("");
    }

    long seed() {
        return number(sampler(), "seed", 0);
    }

    int steps() {
        return (int) number(sampler(), "steps", 20);
    }

    /** A number of the latent that the sampler starts from. */
    int latent(String input, int otherwise) {
        return (int) number(link(sampler(), "latent_image"), input, otherwise);
    }

    private String sampler() {
        return of(SAMPLERS).stream().findFirst().orElse("");
    }

    private long number(String node, String input, long otherwise) {
        return nodes.path(node).path("inputs").path(input).asLong(otherwise);
    }

    private String link(String node, String input) {
        return nodes.path(node).path("inputs").path(input).path(0).asText("");
    }
}
