package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.phase.Phase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which phase a node's work belongs to, by its class. An exact class goes before a pattern that ends in {@code *}, the longest
 * pattern before shorter ones, and a user's entry before a built-in one of the same text. A class that nothing names is
 * {@link Phase#OTHER_WORK}.
 */
final class NodePhases {

    /** What a manifest may call a phase. */
    static final List<String> NAMES = List.of("loading", "encoding", "sampling", "decoding", "saving", "other");

    // Class names of ComfyUI 0.3 to 0.33, nodes.py and comfy_extras.
    private static final Map<String, Phase> BUILT_IN = Map.ofEntries(
            Map.entry("CheckpointLoader*", Phase.LOADING),
            Map.entry("unCLIPCheckpointLoader", Phase.LOADING),
            Map.entry("UNETLoader", Phase.LOADING),
            Map.entry("UnetLoaderGGUF*", Phase.LOADING),
            Map.entry("DiffusersLoader", Phase.LOADING),
            Map.entry("DiffControlNetLoader", Phase.LOADING),
            Map.entry("ControlNetLoader*", Phase.LOADING),
            Map.entry("CLIPLoader*", Phase.LOADING),
            Map.entry("CLIPVisionLoader", Phase.LOADING),
            Map.entry("DualCLIPLoader*", Phase.LOADING),
            Map.entry("TripleCLIPLoader*", Phase.LOADING),
            Map.entry("QuadrupleCLIPLoader*", Phase.LOADING),
            Map.entry("VAELoader*", Phase.LOADING),
            Map.entry("LoraLoader*", Phase.LOADING),
            Map.entry("StyleModelLoader", Phase.LOADING),
            Map.entry("UpscaleModelLoader", Phase.LOADING),
            Map.entry("HypernetworkLoader", Phase.LOADING),
            Map.entry("GLIGENLoader", Phase.LOADING),
            Map.entry("CLIPTextEncode*", Phase.ENCODING),
            Map.entry("TextEncode*", Phase.ENCODING),
            Map.entry("CLIPVisionEncode", Phase.ENCODING),
            Map.entry("CLIPSetLastLayer", Phase.ENCODING),
            Map.entry("Conditioning*", Phase.ENCODING),
            Map.entry("ControlNetApply*", Phase.ENCODING),
            Map.entry("StyleModelApply", Phase.ENCODING),
            Map.entry("FluxGuidance", Phase.ENCODING),
            Map.entry("VAEEncode*", Phase.ENCODING),
            Map.entry("InpaintModelConditioning", Phase.ENCODING),
            Map.entry("KSampler*", Phase.SAMPLING),
            Map.entry("KSamplerSelect", Phase.OTHER_WORK),
            Map.entry("SamplerCustom*", Phase.SAMPLING),
            Map.entry("VAEDecode*", Phase.DECODING),
            Map.entry("SaveImage*", Phase.SAVING),
            Map.entry("SaveAnimated*", Phase.SAVING),
            Map.entry("PreviewImage", Phase.SAVING));

    private final SortedMap<String, Phase> table;

    private NodePhases(SortedMap<String, Phase> table) {
        this.table = Collections.unmodifiableSortedMap(table);
    }

    /**
     * The built-in table with a user's entries.
     *
     * @param entries phase names of {@link #NAMES} by class, or by the beginning of classes followed by {@code *}
     */
    static NodePhases with(Map<String, String> entries) {
        SortedMap<String, Phase> table = new TreeMap<>(BUILT_IN);
        entries.forEach((pattern, name) -> table.put(pattern, phase(name)));
        return new NodePhases(table);
    }

    /** The phase of a class. */
    Phase of(String nodeClass) {
        Phase exact = table.get(nodeClass);
        for (int length = nodeClass.length(); exact == null && length > 0; length--) {
            exact = table.get(nodeClass.substring(0, length) + "*");
        }
        return exact == null ? Phase.OTHER_WORK : exact;
    }

    private static Phase phase(String name) {
        return switch (name) {
            case "loading" -> Phase.LOADING;
            case "encoding" -> Phase.ENCODING;
            case "sampling" -> Phase.SAMPLING;
            case "decoding" -> Phase.DECODING;
            case "saving" -> Phase.SAVING;
            default -> Phase.OTHER_WORK;
        };
    }
}
