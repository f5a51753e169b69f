package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendContractGround;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.SizeRule.Size;
import dev.touchstone.generator.simulator.DialectName;
import dev.touchstone.generator.simulator.Simulator;
import dev.touchstone.generator.simulator.SimulatorSettings;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A simulated server that takes seeds. The key comes from a variable that every process has. */
public final class OpenAiImagesGround implements BackendContractGround {

    private Optional<Simulator> simulator = Optional.empty();

    @Override
    public String provider() {
        return OpenAiOptions.NAME;
    }

    @Override
    public BackendSettings settings() {
        if (simulator.isEmpty()) {
            simulator = Optional.of(Simulator.start(DialectName.OPENAI_IMAGES, 0, SimulatorSettings.instant()));
        }
        SortedMap<String, Value> values = new TreeMap<>();
        OpenAiOptions.SCHEMA.options().forEach(option -> {
            if (option.presence() instanceof Presence.Otherwise otherwise) {
                values.put(option.key(), new Value.One(otherwise.text()));
            }
        });
        values.put("base_url", new Value.One(simulator.orElseThrow().address() + "/v1"));
        values.put("api_key_env", new Value.One("PATH"));
        values.put("fields", new Value.Table(new TreeMap<>(Map.of("seed", "seed", "steps", "steps"))));
        return new BackendSettings(
                new BackendSettings.Model("simulated", "1"), "auto", "fp32", new OptionValues(values));
    }

    @Override
    public Size size() {
        return new Size(64, 80);
    }

    @Override
    public void close() {
        simulator.ifPresent(Simulator::close);
        simulator = Optional.empty();
    }
}
