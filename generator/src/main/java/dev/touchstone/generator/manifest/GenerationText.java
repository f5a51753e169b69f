package dev.touchstone.generator.manifest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.touchstone.generator.backend.OptionValues.Value;
import dev.touchstone.generator.backend.OptionsSchema.Effect;
import dev.touchstone.generator.backend.Setting;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what can change a picture in one canonical form. */
final class GenerationText {

    private final StringBuilder text = new StringBuilder("touchstone generation 1\n");

    private GenerationText() {}

    static String of(RunManifest manifest) {
        GenerationSettings plan = manifest.generation();
        RunManifest.Backend backend = manifest.target().backend();
        GenerationText text = new GenerationText()
                .line("model", manifest.target().model().id())
                .line("model_version", manifest.target().model().version());
        if (!backend.provider().equals(manifest.target().model().id())) {
            text.line("backend", backend.provider());
        }
        text.line(
                        "prompt_packs",
                        manifest.data().promptPacks().stream()
                                .map(Release::toString)
                                .collect(Collectors.joining(",")))
                .line("golden", manifest.data().golden())
                .line("resolution", plan.resolution());
        plan.sampling().sampler().ifPresent(sampler -> text.line("sampler", sampler));
        plan.sampling().steps().ifPresent(steps -> text.line("steps", Integer.valueOf(steps)));
        plan.sampling().guidance().ifPresent(guidance -> text.line("guidance", guidance));
        text.taken(backend, Setting.NEGATIVE_PROMPT, quoted(plan.prompting().negativePrompt()))
                .line("prompt_upsampling", plan.prompting().upsampling())
                .line("seed_policy", plan.seeds().policy())
                .taken(backend, Setting.SEED, plan.seeds().seed())
                .line("images_per_prompt", plan.volume().imagesPerPrompt())
                .line("best_of", plan.volume().bestOf())
                .taken(backend, Setting.BATCH_SIZE, plan.volume().batchSize())
                .taken(backend, Setting.PRECISION, plan.execution().precision())
                .taken(backend, Setting.RUNTIME, plan.execution().runtime());
        if (backend.capabilities().takes(Setting.EDIT_STRENGTH)) {
            text.line("edit_strength", plan.editStrength());
        }
        backend.options()
                .values()
                .forEach((key, value) ->
                        text.option(key, value, backend.effects().getOrDefault(key, Effect.PICTURE)));
        return text.text.toString();
    }

    /** A setting's line, if the back end has the setting. */
    private GenerationText taken(RunManifest.Backend backend, Setting setting, Object value) {
        return backend.capabilities().takes(setting) ? line(setting.key(), value) : this;
    }

    private void option(String key, Value value, Effect effect) {
        if (effect == Effect.SERVING) {
            return;
        }
        if (value instanceof Value.One one) {
            line("option." + key, quoted(one.text()));
        } else if (value instanceof Value.Many many) {
            line(
                    "option." + key,
                    many.texts().stream().map(GenerationText::quoted).toList());
        } else if (value instanceof Value.Table table) {
            table.texts().forEach((name, entry) -> line("option." + key + "." + quoted(name), quoted(entry)));
        } else if (value instanceof Value.ProjectFile file) {
            line("option." + key, file.sha256());
        }
    }

    private GenerationText line(String key, double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        return line(key, exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString());
    }

    private GenerationText line(String key, Object value) {
        String shown = value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
        text.append(key).append('=').append(shown).append('\n');
        return this;
    }

    private static String quoted(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
