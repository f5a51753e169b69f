package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.ImageRequest.SamplingSettings;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.document.NumberRange;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.manifest.GenerationSettings.Delivery;
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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code generation}. */
final class GenerationReader {

    private static final Pattern SIZE = Pattern.compile("([0-9]{2,4})x([0-9]{2,4})");
    private static final Pattern NEGATIVE = Pattern.compile("[^\\p{Cntrl}]{0,2000}");
    private static final Pattern SAMPLER = Pattern.compile("[A-Za-z0-9_+ .-]{1,60}");
    private static final long MOST_SEED = (1L << 53) - 1;

    private final StrictSection section;
    private final String backend;
    private final BackendCapabilities capabilities;

    GenerationReader(StrictSection section, RunManifest.Backend backend) {
        this.section = section;
        this.backend = backend.provider();
        this.capabilities = backend.capabilities();
    }

    GenerationSettings read() {
        GenerationSettings plan = new GenerationSettings(
                resolution(section.optional("resolution")).orElse(new Resolution.ByClass()),
                sampling(),
                prompting(),
                new Seeds(
                        choice(section.optional("seed_policy"), SeedPolicy.values(), SeedPolicy.FIXED),
                        setting(Setting.SEED).integer(0, MOST_SEED).orElse(0L)),
                new Volume(
                        section.required("images_per_prompt").integer(1, 10_000).orElse(1),
                        section.optional("best_of").integer(1, 64).orElse(1),
                        setting(Setting.BATCH_SIZE).integer(1, 256).orElse(1),
                        section.optional("warmup_requests").integer(0, 100).orElse(1)),
                new Execution(
                        choice(setting(Setting.PRECISION), Precision.values(), Precision.FP32),
                        choice(setting(Setting.RUNTIME), RuntimeChoice.values(), RuntimeChoice.AUTO)),
                setting(Setting.EDIT_STRENGTH)
                        .number(NumberRange.above(0, 1))
                        .map(BigDecimal::doubleValue)
                        .orElse(1.0),
                delivery());
        section.noOtherKeys();
        return plan;
    }

    private SamplingSettings sampling() {
        StrictValue sampler = setting(Setting.SAMPLER);
        Optional<String> name = capabilities.samplers().isEmpty()
                ? sampler.text(SAMPLER, "the name of a sampler")
                : sampler.choice(capabilities.samplers());
        Optional<Integer> steps = setting(Setting.STEPS).integer(1, 1_000);
        Optional<Double> guidance =
                setting(Setting.GUIDANCE).number(NumberRange.closed(0, 100)).map(BigDecimal::doubleValue);
        return new SamplingSettings(
                name,
                steps.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                guidance.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    private Delivery delivery() {
        int most = capabilities.load().concurrency();
        Optional<Double> rate = section.optional("requests_per_minute")
                .number(NumberRange.above(0, 1_000_000))
                .map(BigDecimal::doubleValue);
        return new Delivery(
                section.optional("concurrency").integer(1, most).orElse(1),
                rate.map(OptionalDouble::of).orElse(capabilities.load().requestsPerMinute()),
                setting(Setting.PREVIEWS).integer(0, 16).orElse(0));
    }

    /** A setting that the back end needs, takes, or does not know. */
    private StrictValue setting(Setting setting) {
        StrictValue value = capabilities.support(setting) == Support.NEEDED
                ? section.required(setting.key())
                : section.optional(setting.key());
        if (!capabilities.takes(setting) && value.isPresent()) {
            value.problem("no such key: back end " + backend + " does not take " + setting.key(), "");
            return StrictSection.absent().optional(setting.key());
        }
        return value;
    }

    private Prompting prompting() {
        // Editors and parsers of YAML 1.1 read on and off as truth values, so both spellings are taken.
        Map<String, Upsampling> switches = new LinkedHashMap<>(byName(Upsampling.values()));
        switches.put("true", Upsampling.ON);
        switches.put("false", Upsampling.OFF);
        return new Prompting(
                setting(Setting.NEGATIVE_PROMPT)
                        .text(NEGATIVE, "a text of one line, at most 2000 characters")
                        .orElse(""),
                section.optional("prompt_upsampling").choice(switches).orElse(Upsampling.OFF));
    }

    private Optional<Resolution> resolution(StrictValue value) {
        String expected =
                "by-class, or WIDTHxHEIGHT with " + capabilities.sizes().describe();
        return value.text().flatMap(text -> {
            if (text.equals("by-class")) {
                return Optional.of(new Resolution.ByClass());
            }
            Matcher size = SIZE.matcher(text);
            if (size.matches()) {
                int width = Integer.parseInt(size.group(1));
                int height = Integer.parseInt(size.group(2));
                if (Resolution.Fixed.isSide(width)
                        && Resolution.Fixed.isSide(height)
                        && capabilities.sizes().accepts(width, height)) {
                    return Optional.of(new Resolution.Fixed(width, height));
                }
            }
            value.problem(expected, "");
            return Optional.empty();
        });
    }

    private static <E extends Enum<E>> E choice(StrictValue value, E[] values, E otherwise) {
        return value.choice(byName(values)).orElse(otherwise);
    }

    static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E value : values) {
            names.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return names;
    }
}
