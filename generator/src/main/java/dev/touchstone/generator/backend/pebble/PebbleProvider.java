package dev.touchstone.generator.backend.pebble;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendCapabilities.AnswerSize;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.OptionsSchema;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.generator.model.Pebble;
import dev.touchstone.generator.model.WeightsException;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.runtime.Precision;
import dev.touchstone.metrics.runtime.RuntimeSelection;
import dev.touchstone.metrics.runtime.RuntimeSettings;
import dev.touchstone.metrics.runtime.Runtimes;
import dev.touchstone.metrics.runtime.TensorRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Back end {@code pebble}: the built-in model, in the runtime and precision that the manifest asks for. */
public final class PebbleProvider implements BackendProvider {

    static final BackendCapabilities CAPABILITIES = BackendCapabilities.none()
            .with(Setting.SEED, Support.NEEDED)
            .with(Setting.STEPS, Support.NEEDED)
            .with(Setting.SAMPLER, Support.NEEDED)
            .with(Setting.GUIDANCE, Support.NEEDED)
            .with(Setting.NEGATIVE_PROMPT, Support.TAKEN)
            .with(Setting.EDIT_STRENGTH, Support.TAKEN)
            .with(Setting.BATCH_SIZE, Support.TAKEN)
            .with(Setting.PRECISION, Support.TAKEN)
            .with(Setting.RUNTIME, Support.TAKEN)
            .withSamplers(Arrays.stream(Sampler.values()).map(Sampler::id).toList())
            .withSizes(new SizeRule.Sides(16, 32, 256, 8), AnswerSize.AS_ASKED)
            .withEdits(EnumSet.allOf(EditMode.class));

    @Override
    public String name() {
        return Pebble.MODEL;
    }

    @Override
    public ServingPath servingPath() {
        return ServingPath.IN_PROCESS;
    }

    @Override
    public OptionsSchema options() {
        return OptionsSchema.NONE;
    }

    @Override
    public BackendCapabilities capabilities(BackendSettings settings) {
        return CAPABILITIES;
    }

    @Override
    public String modelDigest(BackendSettings settings) {
        checkVersion(settings);
        try {
            String parts = Pebble.shippedDigest() + '\n' + Pebble.SAMPLING;
            return Sha256.of(parts.getBytes(StandardCharsets.UTF_8));
        } catch (WeightsException e) {
            throw new BackendException(e.getMessage(), e);
        }
    }

    @Override
    public ImageBackend open(BackendSettings settings) {
        checkVersion(settings);
        Precision precision = precision(settings.precision());
        try {
            RuntimeSelection selection = Runtimes.installed().select(settings.runtime(), precision);
            Pebble pebble = Pebble.shipped(selection.provider(), RuntimeSettings.ofMachine(precision));
            return new PebbleBackend(pebble, identity(pebble, selection, precision));
        } catch (TensorRuntimeException | WeightsException e) {
            throw new BackendException(e.getMessage(), e);
        }
    }

    private static SortedMap<String, String> identity(Pebble pebble, RuntimeSelection selection, Precision precision) {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put("id", Pebble.MODEL);
        identity.put("version", String.valueOf(Pebble.VERSION));
        identity.put("sampling", Pebble.SAMPLING);
        identity.put("weightsDigest", pebble.weightsDigest());
        identity.put("runtime", selection.report().name());
        identity.put("runtimeVersion", selection.report().version());
        identity.put("runtimeReason", selection.reason());
        identity.put("device", selection.report().device());
        identity.put("precision", precision.id());
        return identity;
    }

    private static void checkVersion(BackendSettings settings) {
        String version = settings.model().version();
        if (!version.equals(String.valueOf(Pebble.VERSION))) {
            throw new BackendException("pebble: expected version " + Pebble.VERSION + ", found " + version);
        }
    }

    private static Precision precision(String name) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new BackendException("pebble: precision: expected one of "
                        + Arrays.stream(Precision.values()).map(Precision::id).collect(Collectors.joining(", "))
                        + ", found \"" + name + "\""));
    }
}
