package dev.touchstone.generator.manifest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what can change a picture in one canonical form. */
final class GenerationText {

    private final StringBuilder text = new StringBuilder("touchstone generation 1\n");

    private GenerationText() {}

    static String of(RunManifest manifest) {
        GenerationSettings plan = manifest.generation();
        return new GenerationText()
                .line("model", manifest.target().model().id())
                .line("model_version", manifest.target().model().version())
                .line(
                        "prompt_packs",
                        manifest.data().promptPacks().stream()
                                .map(Release::toString)
                                .collect(Collectors.joining(",")))
                .line("golden", manifest.data().golden())
                .line("resolution", plan.resolution())
                .line("sampler", plan.sampling().sampler())
                .line("steps", plan.sampling().steps())
                .line("guidance", plan.sampling().guidance())
                .line("negative_prompt", quoted(plan.prompting().negativePrompt()))
                .line("prompt_upsampling", plan.prompting().upsampling())
                .line("seed_policy", plan.seeds().policy())
                .line("seed", plan.seeds().seed())
                .line("images_per_prompt", plan.volume().imagesPerPrompt())
                .line("best_of", plan.volume().bestOf())
                .line("batch_size", plan.volume().batchSize())
                .line("precision", plan.execution().precision())
                .line("runtime", plan.execution().runtime())
                .line("edit_strength", plan.editStrength())
                .text
                .toString();
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
