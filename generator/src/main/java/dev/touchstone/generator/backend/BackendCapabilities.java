package dev.touchstone.generator.backend;

import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a back end takes. A manifest that asks for more is refused by name before anything is made, and a manifest for a back end
 * without a setting need not say one.
 *
 * @param settings what becomes of each setting; a setting that is left out is not taken
 * @param samplers names that may be asked for; empty where the back end takes any name
 * @param sizes of the pictures
 * @param answerSize whether pictures always have the size that was asked
 * @param edits ways of editing that are served; empty where edits are not
 * @param load how many requests it takes
 * @param timing where the times of its requests come from
 */
public record BackendCapabilities(
        Map<Setting, Support> settings,
        List<String> samplers,
        SizeRule sizes,
        AnswerSize answerSize,
        Set<EditMode> edits,
        Load load,
        Timing timing) {

    /** Whether pictures have the size that was asked for. */
    public enum AnswerSize {
        /** A picture of another size is a failed image. */
        AS_ASKED,
        /** The size that comes is taken and recorded, as with pictures made elsewhere. */
        AS_IT_COMES
    }

    /** Where the times of requests come from. */
    public enum Timing {
        /** The request ran while the clock ran. */
        MEASURED,
        /** The pictures were made before; their times are what {@link AttemptEnd#reported} says, and unknown otherwise. */
        REPORTED
    }

    /**
     * How many requests a back end takes.
     *
     * @param concurrency requests that may run at once, at least 1; {@link ImageBackend#generate} is called from as many threads
     * @param requestsPerMinute most requests that may begin in a minute, above 0; empty without a limit
     */
    public record Load(int concurrency, OptionalDouble requestsPerMinute) {

        /** One request at a time. */
        public static final Load ONE = new Load(1, OptionalDouble.empty());

        /** @throws IllegalArgumentException if a number is not positive */
        public Load {
            if (concurrency < 1 || (requestsPerMinute.isPresent() && !(requestsPerMinute.getAsDouble() > 0))) {
                throw new IllegalArgumentException("load: expected a concurrency >= 1 and a rate above 0, found "
                        + concurrency + " and " + requestsPerMinute);
            }
        }
    }

    public BackendCapabilities {
        Map<Setting, Support> copy = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            copy.put(setting, settings.getOrDefault(setting, Support.NOT_TAKEN));
        }
        settings = Collections.unmodifiableMap(copy);
        samplers = List.copyOf(samplers);
        EnumSet<EditMode> modes = EnumSet.noneOf(EditMode.class);
        modes.addAll(edits);
        edits = Collections.unmodifiableSet(modes);
    }

    /** Takes nothing but a prompt: any size, one request at a time. A start for the {@code with} methods. */
    public static BackendCapabilities none() {
        return new BackendCapabilities(
                Map.of(), List.of(), SizeRule.ANY, AnswerSize.AS_ASKED, Set.of(), Load.ONE, Timing.MEASURED);
    }

    /** Takes every setting and needs none. */
    public static BackendCapabilities all() {
        BackendCapabilities all = none();
        for (Setting setting : Setting.values()) {
            all = all.with(setting, Support.TAKEN);
        }
        return all.withEdits(EnumSet.allOf(EditMode.class));
    }

    /** What becomes of a setting. */
    public Support support(Setting setting) {
        return settings.get(setting);
    }

    /** Whether the back end has a setting. */
    public boolean takes(Setting setting) {
        return support(setting) != Support.NOT_TAKEN;
    }

    /** These, with another answer for a setting. */
    public BackendCapabilities with(Setting setting, Support support) {
        Map<Setting, Support> changed = new EnumMap<>(settings);
        changed.put(setting, support);
        return new BackendCapabilities(changed, samplers, sizes, answerSize, edits, load, timing);
    }

    /** These, with names of samplers. */
    public BackendCapabilities withSamplers(List<String> names) {
        return new BackendCapabilities(settings, names, sizes, answerSize, edits, load, timing);
    }

    /** These, with sizes. */
    public BackendCapabilities withSizes(SizeRule rule, AnswerSize answers) {
        return new BackendCapabilities(settings, samplers, rule, answers, edits, load, timing);
    }

    /** These, with ways of editing. */
    public BackendCapabilities withEdits(Set<EditMode> modes) {
        return new BackendCapabilities(settings, samplers, sizes, answerSize, modes, load, timing);
    }

    /** These, with a load. */
    public BackendCapabilities withLoad(Load taken) {
        return new BackendCapabilities(settings, samplers, sizes, answerSize, edits, taken, timing);
    }

    /** These, with times from elsewhere. */
    public BackendCapabilities withTiming(Timing source) {
        return new BackendCapabilities(settings, samplers, sizes, answerSize, edits, load, source);
    }
}
