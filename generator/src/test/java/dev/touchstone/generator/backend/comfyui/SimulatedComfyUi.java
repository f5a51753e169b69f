package dev.touchstone.generator.backend.comfyui;

import dev.touchstone.generator.backend.BackendContractGround;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.generator.simulator.DialectName;
import dev.touchstone.generator.simulator.Simulator;
import dev.touchstone.generator.simulator.SimulatorSettings;
import dev.touchstone.metrics.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A simulated server and the shipped workflow. */
public final class SimulatedComfyUi implements BackendContractGround {

    private static final Path WORKFLOW = Path.of("../eval/manifests/comfyui-workflow.json");

    private Optional<Simulator> simulator = Optional.empty();

    @Override
    public String provider() {
        return "comfyui";
    }

    @Override
    public BackendSettings settings() {
        if (simulator.isEmpty()) {
            simulator = Optional.of(Simulator.start(DialectName.COMFYUI, 0, SimulatorSettings.instant()));
        }
        return settings(simulator.get(), Map.of());
    }

    static BackendSettings settings(Simulator simulator, Map<String, Value> more) {
        return settings(simulator.address().toString(), WORKFLOW, more);
    }

    static BackendSettings settings(String url, Path workflow, Map<String, Value> more) {
        SortedMap<String, String> inputs = new TreeMap<>(Map.of(
                "prompt", "Positive prompt.text",
                "negative_prompt", "7.text",
                "seed", "3.seed",
                "steps", "3.steps",
                "sampler", "3.sampler_name",
                "guidance", "3.cfg",
                "width", "5.width",
                "height", "5.height",
                "batch_size", "5.batch_size"));
        try {
            Map<String, Value> values = new HashMap<>(Map.of(
                    "url", new Value.One(url),
                    "workflow", new Value.ProjectFile(workflow, Sha256.of(workflow)),
                    "inputs", new Value.Table(inputs),
                    "silence_seconds", new Value.One("1")));
            values.putAll(more);
            return new BackendSettings(
                    new BackendSettings.Model("simulated", "1"),
                    "auto",
                    "fp32",
                    new OptionValues(new TreeMap<>(values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String workflow() throws IOException {
        return Files.readString(WORKFLOW);
    }

    @Override
    public SizeRule.Size size() {
        return new SizeRule.Size(64, 64);
    }

    @Override
    public void close() {
        simulator.ifPresent(Simulator::close);
        simulator = Optional.empty();
    }
}
