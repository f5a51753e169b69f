package dev.touchstone.generator.backend.pebble;

import dev.touchstone.generator.backend.BackendContractGround;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.SizeRule.Size;

/** The built-in model needs nothing but itself. */
public final class PebbleGround implements BackendContractGround {

    @Override
    public String provider() {
        return "pebble";
    }

    @Override
    public BackendSettings settings() {
        return new BackendSettings(new BackendSettings.Model("pebble", "2"), "auto", "fp32", OptionValues.NONE);
    }

    @Override
    public Size size() {
        return new Size(64, 80);
    }

    @Override
    public void close() {}
}
