package dev.touchstone.generator.manifest;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendProvider.ServingPath;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionsSchema.Effect;
import dev.touchstone.generator.document.StrictSection;
import dev.touchstone.generator.document.StrictValue;
import dev.touchstone.generator.manifest.RunManifest.Backend;
import dev.touchstone.generator.manifest.RunManifest.Model;
import dev.touchstone.generator.manifest.RunManifest.Serving;
import dev.touchstone.generator.manifest.RunManifest.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the sections {@code model} and {@code serving}: which back end, with which options, and what it can do. */
final class BackendReader {

    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final String DESCRIBED = "a text of one line, at most 200 characters";

    private final StrictSection model;
    private final StrictSection serving;
    private final BackendProviders providers;
    private final ProjectPaths paths;

    BackendReader(StrictSection model, StrictSection serving, BackendProviders providers, ProjectPaths paths) {
        this.model = model;
        this.serving = serving;
        this.providers = providers;
        this.paths = paths;
    }

    Target read() {
        StrictValue backend = serving.optional("backend");
        StrictValue id = model.required("id");
        Optional<String> provider =
                backend.isPresent() ? backend.choice(providers.names()) : id.choice(providers.names());
        Model asked = new Model(
                backend.isPresent() ? id.text(ONE_LINE, DESCRIBED).orElse("") : provider.orElse(""),
                model.required("version")
                        .textOrInteger(
                                ONE_LINE,
                                1,
                                1_000_000,
                                "a version: a whole number in [1, 1000000], or a text in quotes")
                        .orElse("1"));
        model.noOtherKeys();
        Optional<BackendProvider> found = provider.map(providers::named);
        Serving served = new Serving(
                path(found),
                serving.optional("container").text(ONE_LINE, DESCRIBED).orElse("none"),
                serving.optional("commit").text(ONE_LINE, DESCRIBED).orElse("workspace"));
        StrictValue options = serving.optional("options");
        Backend read = found.map(one -> backend(one, asked, options))
                .orElseGet(() -> new Backend("", OptionValues.NONE, new TreeMap<>(), BackendCapabilities.all()));
        serving.noOtherKeys();
        return new Target(asked, served, read);
    }

    private String path(Optional<BackendProvider> provider) {
        List<String> paths = provider.map(one -> List.of(one.servingPath().id()))
                .orElseGet(() ->
                        Arrays.stream(ServingPath.values()).map(ServingPath::id).toList());
        return serving.optional("path").choice(paths).orElse(paths.get(0));
    }

    private Backend backend(BackendProvider provider, Model asked, StrictValue options) {
        OptionValues values = new OptionsReader(
                        options.section().orElseGet(() -> StrictSection.missing(options)), paths)
                .read(provider.options());
        BackendCapabilities capabilities = BackendCapabilities.all();
        try {
            capabilities = provider.capabilities(new BackendSettings(
                    new BackendSettings.Model(asked.id(), asked.version()), "auto", "fp32", values));
        } catch (BackendException e) {
            options.problem("options that go together", e.getMessage());
        }
        SortedMap<String, Effect> effects = new TreeMap<>();
        provider.options().options().forEach(option -> effects.put(option.key(), option.effect()));
        return new Backend(provider.name(), values, effects, capabilities);
    }
}
