package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.ImageRequest.Sampler;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.document.NumberRange;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.manifest.GenerationSettings.Execution;
import dev.touchstone.generator.manifest.GenerationSettings.Precision;
import dev.touchstone.generator.manifest.GenerationSettings.Prompting;
import dev.touchstone.generator.manifest.GenerationSettings.RuntimeChoice;
import dev.touchstone.generator.manifest.GenerationSettings.SeedPolicy;
import dev.touchstone.generator.manifest.GenerationSettings.Seeds;
import dev.touchstone.generator.manifest.GenerationSettings.Upsampling;
import dev.touchstone.generator.manifest.GenerationSettings.Volume;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code generation}. */
final class GenerationReader {

    private static final Pattern SIZE = Pattern.compile("([0-9]{2,3})x([0-9]{2,3})");
    private static final Pattern NEGATIVE = Pattern.compile("[^\\p{Cntrl}]{0,2000}");
    private static final long MOST_SEED = (1L << 53) - 1;

    private final StrictSection section;

    GenerationReader(StrictSection section) {
        this.section = section;
    }

    GenerationSettings read() {
        GenerationSettings plan = new GenerationSettings(
                resolution(section.optional("resolution")).orElse(new Resolution.ByClass()),
                sampling(),
                prompting(),
                new Seeds(
                        choice("seed_policy", SeedPolicy.values(), SeedPolicy.FIXED),
                        section.required("seed").integer(0, MOST_SEED).orElse(0L)),
                new Volume(
                        section.required("images_per_prompt").integer(1, 10_000).orElse(1),
                        section.optional("best_of").integer(1, 64).orElse(1),
                        section.optional("batch_size").integer(1, 256).orElse(1),
                        section.optional("warmup_requests").integer(0, 100).orElse(1)),
                new Execution(
                        choice("precision", Precision.values(), Precision.FP32),
                        choice("runtime", RuntimeChoice.values(), RuntimeChoice.AUTO)),
                section.optional("edit_strength")
                        .number(NumberRange.above(0, 1))
                        .map(BigDecimal::doubleValue)
                        .orElse(1.0));
        section.noOtherKeys();
        return plan;
    }

    private SamplingSettings sampling() {
        return new SamplingSettings(
                section.required("sampler").choice(byName(Sampler.values())).orElse(Sampler.HEUN),
                section.required("steps").integer(1, 1_000).orElse(1),
                section.required("guidance")
                        .number(NumberRange.closed(0, 100))
                        .map(BigDecimal::doubleValue)
                        .orElse(1.0));
    }

    private Prompting prompting() {
        // Editors and parsers of YAML 1.1 read on and off as truth values, so both spellings are taken.
        Map<String, Upsampling> switches = new LinkedHashMap<>(byName(Upsampling.values()));
        switches.put("true", Upsampling.ON);
        switches.put("false", Upsampling.OFF);
        return new Prompting(
                section.optional("negative_prompt")
                        .text(NEGATIVE, "a text of one line, at most 2000 characters")
                        .orElse(""),
                section.optional("prompt_upsampling").choice(switches).orElse(Upsampling.OFF));
    }

    private static Optional<Resolution> resolution(StrictValue value) {
        String expected = "by-class, or WIDTHxHEIGHT with multiples of 16 in [32, 256]";
        return value.text().flatMap(text -> {
            if (text.equals("by-class")) {
                return Optional.of(new Resolution.ByClass());
            }
            Matcher size = SIZE.matcher(text);
            if (size.matches()) {
                int width = Integer.parseInt(size.group(1));
                int height = Integer.parseInt(size.group(2));
                if (Resolution.Fixed.isSide(width) && Resolution.Fixed.isSide(height)) {
                    return Optional.of(new Resolution.Fixed(width, height));
                }
            }
            value.problem(expected, "");
            return Optional.empty();
        });
    }

    private <E extends Enum<E>> E choice(String key, E[] values, E otherwise) {
        return section.optional(key).choice(byName(values)).orElse(otherwise);
    }

    static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return names;
    }
}
