package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendCapabilities.AnswerSize;
import dev.touchstone.generator.backend.BackendCapabilities.Load;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.OptionsSchema;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.backend.http.RetrySettings;
import dev.touchstone.generator.backend.http.Secret;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;

/** Back end {@code openai-images}: any server that speaks the images API of OpenAI. */
public final class OpenAiImagesProvider implements BackendProvider {

    private static final int MOST_CONCURRENT = 256;

    private static final List<Setting> OPTIONAL = List.of(
            Setting.SEED,
            Setting.STEPS,
            Setting.GUIDANCE,
            Setting.NEGATIVE_PROMPT,
            Setting.SAMPLER,
            Setting.EDIT_STRENGTH);

    @Override
    public String name() {
        return OpenAiOptions.NAME;
    }

    @Override
    public ServingPath servingPath() {
        return ServingPath.HTTP;
    }

    @Override
    public OptionsSchema options() {
        return OpenAiOptions.SCHEMA;
    }

    /** A setting is taken where {@code fields} names it; several pictures at once where no seed is, which each has its own. */
    @Override
    public BackendCapabilities capabilities(BackendSettings settings) {
        OpenAiOptions options = new OpenAiOptions(settings.options());
        options.check();
        BackendCapabilities capabilities = BackendCapabilities.none()
                .withSizes(options.sizes(), AnswerSize.AS_ASKED)
                .withEdits(EnumSet.allOf(EditMode.class))
                .withLoad(new Load(MOST_CONCURRENT, OptionalDouble.empty()));
        for (Setting setting : OPTIONAL) {
            if (options.field(setting).isPresent()) {
                capabilities = capabilities.with(setting, Support.TAKEN);
            }
        }
        if (options.field(Setting.SEED).isEmpty()) {
            capabilities = capabilities.with(Setting.BATCH_SIZE, Support.TAKEN);
        }
        return options.streamed() ? capabilities.with(Setting.PREVIEWS, Support.TAKEN) : capabilities;
    }

    /** Of the model's id and version: a server does not say what it runs. */
    @Override
    public String modelDigest(BackendSettings settings) {
        String said = OpenAiOptions.NAME
                + '\n'
                + settings.model().id()
                + '\n'
                + settings.model().version();
        return Sha256.of(said.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the key; the server is met with the first request. */
    @Override
    public ImageBackend open(BackendSettings settings) {
        OpenAiOptions options = new OpenAiOptions(settings.options());
        options.check();
        Secret key = options.keyVariable()
                .map(variable -> Secret.of(OpenAiOptions.NAME, variable, System::getenv))
                .orElse(Secret.NONE);
        return new OpenAiImagesBackend(
                settings.model(), options, capabilities(settings), key, RetrySettings.standard(options.tries()));
    }
}
