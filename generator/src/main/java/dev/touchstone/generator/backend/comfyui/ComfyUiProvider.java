package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.JsonNode;
import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendCapabilities.AnswerSize;
import dev.touchstone.generator.backend.BackendCapabilities.Load;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.BackendProvider;
import dev.touchstone.generator.backend.BackendSettings;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionsSchema;
import dev.touchstone.generator.backend.OptionsSchema.Effect;
import dev.touchstone.generator.backend.OptionsSchema.Option;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.OptionsSchema.Type;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.Setting.Support;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.generator.backend.comfyui.ComfyUiBackend.Asking;
import dev.touchstone.generator.backend.comfyui.ComfyUiBackend.CachedAnswers;
import dev.touchstone.generator.backend.comfyui.InputMapping.Field;
import dev.touchstone.generator.prompt.EditSpec.EditMode;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Sha256;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** Back end {@code comfyui}: a workflow in API format on a ComfyUI server. */
public final class ComfyUiProvider implements BackendProvider {

    private static final String NAME = "comfyui";
    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:]+(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern CLASS = Pattern.compile("[^\\p{Cntrl}*]{1,120}\\*?");

    private static final Map<Field, Setting> SETTINGS = Map.of(
            Field.NEGATIVE_PROMPT, Setting.NEGATIVE_PROMPT,
            Field.STEPS, Setting.STEPS,
            Field.SAMPLER, Setting.SAMPLER,
            Field.GUIDANCE, Setting.GUIDANCE,
            Field.BATCH_SIZE, Setting.BATCH_SIZE,
            Field.EDIT_STRENGTH, Setting.EDIT_STRENGTH);

    private static final OptionsSchema OPTIONS = new OptionsSchema(List.of(
            new Option(
                    "url",
                    new Type.Text(URL, "an address such as http://127.0.0.1:8188"),
                    new Presence.Needed(),
                    Effect.SERVING,
                    "Where the server answers."),
            new Option(
                    "workflow",
                    new Type.ProjectFile(),
                    new Presence.Needed(),
                    Effect.PICTURE,
                    "The workflow, as ComfyUI's \"Export (API)\" saves it."),
            new Option(
                    "inputs",
                    new Type.Table(
                            Pattern.compile(String.join("|", Field.keys())),
                            LINE,
                            "node.input, such as 6.text, or several with commas; a node is named by its id or its title"),
                    new Presence.Needed(),
                    Effect.PICTURE,
                    "Which inputs of which nodes take what the manifest asks for: " + String.join(", ", Field.keys())
                            + "."),
            new Option(
                    "outputs",
                    new Type.Texts(LINE, "the id or the title of a node"),
                    new Presence.Free(),
                    Effect.PICTURE,
                    "Nodes whose pictures count; without it, all that save."),
            new Option(
                    "phases",
                    new Type.Table(
                            CLASS,
                            Pattern.compile(String.join("|", NodePhases.NAMES)),
                            "one of " + String.join(", ", NodePhases.NAMES)),
                    new Presence.Free(),
                    Effect.SERVING,
                    "Phases of node classes that are not built in; a class may end in * for all that begin like it."),
            new Option(
                    "cached_answers",
                    new Type.Choice(List.of("run-again", "refuse")),
                    new Presence.Otherwise("run-again"),
                    Effect.SERVING,
                    "What to do when the server answers with the files of an earlier job: have it forget and run again, or count"
                            + " the images as failed."),
            new Option(
                    "concurrency",
                    new Type.Whole(1, 256),
                    new Presence.Otherwise("1"),
                    Effect.SERVING,
                    "Most requests that may wait and run on the server at once; it works on one after another."),
            new Option(
                    "call_timeout_seconds",
                    new Type.Whole(1, 3_600),
                    new Presence.Otherwise("60"),
                    Effect.SERVING,
                    "Longest wait for one answer over HTTP, such as a picture."),
            new Option(
                    "job_timeout_seconds",
                    new Type.Whole(1, 86_400),
                    new Presence.Otherwise("1800"),
                    Effect.SERVING,
                    "Longest wait for a job, the queue included."),
            new Option(
                    "silence_seconds",
                    new Type.Whole(1, 3_600),
                    new Presence.Otherwise("5"),
                    Effect.SERVING,
                    "Wait without a message before the server is asked what became of a job."),
            new Option(
                    "late_milliseconds",
                    new Type.Whole(1, 60_000),
                    new Presence.Otherwise("250"),
                    Effect.SERVING,
                    "Lateness of a job's messages above which the times of its phases are marked as unreliable.")));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ServingPath servingPath() {
        return ServingPath.HTTP;
    }

    @Override
    public OptionsSchema options() {
        return OPTIONS;
    }

    /** What the workflow's mapped inputs take; everything that a workflow could take, where the options name none. */
    @Override
    public BackendCapabilities capabilities(BackendSettings settings) {
        OptionValues options = settings.options();
        InputMapping inputs =
                options.file("workflow").isPresent() ? plan(options).inputs() : InputMapping.everything();
        return capabilities(options, inputs);
    }

    /** The digest of the model's name: a server does not say what its files hold. */
    @Override
    public String modelDigest(BackendSettings settings) {
        String name =
                NAME + '\n' + settings.model().id() + '\n' + settings.model().version();
        return Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ImageBackend open(BackendSettings settings) {
        OptionValues options = settings.options();
        Asking asking = plan(options);
        URI address = URI.create(options.text("url").orElseThrow());
        ServingLimits limits = new ServingLimits(
                Duration.ofSeconds(options.whole("call_timeout_seconds").orElse(60)),
                Duration.ofSeconds(options.whole("job_timeout_seconds").orElse(1_800)),
                Duration.ofSeconds(options.whole("silence_seconds").orElse(5)),
                Duration.ofMillis(options.whole("late_milliseconds").orElse(250)));
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(
                        limits.call().compareTo(Duration.ofSeconds(10)) < 0 ? limits.call() : Duration.ofSeconds(10))
                .build();
        ComfyUiServer server = new ComfyUiServer(client, address, limits.call());
        SortedMap<String, String> identity = identity(settings, server.systemStats());
        checkClasses(server, asking.workflow());
        String socket = address.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "") + "/ws?clientId="
                + asking.clientId();
        ServerMessages messages = new ServerMessages(client, URI.create(socket), limits.call());
        messages.connect();
        return new ComfyUiBackend(
                new JobRun.Link(server, messages, new ServerClock(), limits),
                asking,
                identity,
                capabilities(options, asking.inputs()));
    }

    private static Asking plan(OptionValues options) {
        List<String> problems = new ArrayList<>();
        Workflow workflow;
        try {
            workflow = Workflow.read(options.file("workflow").orElseThrow().path());
        } catch (DataFileException e) {
            throw new BackendException(Kind.REFUSED, e.getMessage(), e);
        }
        InputMapping inputs = InputMapping.read(options.table("inputs"), workflow, problems);
        Set<String> outputs = new TreeSet<>();
        for (String name : options.texts("outputs")) {
            if (workflow.named(name).isEmpty()) {
                problems.add("outputs: expected the id or title of a node, found \"" + name + "\"");
            }
            outputs.addAll(workflow.named(name));
        }
        if (!problems.isEmpty()) {
            throw new BackendException(Kind.REFUSED, String.join("; ", problems));
        }
        boolean again = options.text("cached_answers").orElse("run-again").equals("run-again");
        return new Asking(
                UUID.randomUUID().toString().replace("-", ""),
                workflow,
                inputs,
                NodePhases.with(options.table("phases")),
                outputs,
                again ? CachedAnswers.RUN_AGAIN : CachedAnswers.REFUSE);
    }

    private static BackendCapabilities capabilities(OptionValues options, InputMapping inputs) {
        BackendCapabilities capabilities = BackendCapabilities.none()
                .with(Setting.PREVIEWS, Support.TAKEN)
                .withSizes(SizeRule.ANY, inputs.takes(Field.WIDTH) ? AnswerSize.AS_ASKED : AnswerSize.AS_IT_COMES)
                .withLoad(new Load((int) options.whole("concurrency").orElse(1), OptionalDouble.empty()));
        for (Map.Entry<Field, Setting> entry : SETTINGS.entrySet()) {
            if (inputs.takes(entry.getKey())) {
                capabilities = capabilities.with(entry.getValue(), Support.TAKEN);
            }
        }
        if (inputs.takes(Field.SEED)) {
            boolean known = options.file("workflow").isPresent();
            capabilities = capabilities.with(Setting.SEED, known ? Support.NEEDED : Support.TAKEN);
        }
        if (inputs.takes(Field.IMAGE)) {
            capabilities = capabilities.withEdits(
                    inputs.takes(Field.MASK) ? EnumSet.allOf(EditMode.class) : EnumSet.of(EditMode.VARIATION));
        }
        return capabilities;
    }

    /** Takes single members; what else the server says of itself holds its command line and its paths. */
    private static SortedMap<String, String> identity(BackendSettings settings, JsonNode stats) {
        String version = Said.line(stats.path("system").path("comfyui_version").asText("unknown"));
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put("id", settings.model().id());
        identity.put("version", settings.model().version());
        identity.put("server", "ComfyUI " + version);
        identity.put("runtime", NAME);
        identity.put("runtimeVersion", version);
        identity.put(
                "pytorchVersion",
                Said.line(stats.path("system").path("pytorch_version").asText("unknown")));
        identity.put(
                "device", Said.line(stats.path("devices").path(0).path("name").asText("unknown")));
        return identity;
    }

    private static void checkClasses(ComfyUiServer server, Workflow workflow) {
        Set<String> unknown = new TreeSet<>(workflow.classes().values());
        unknown.removeIf(server::mayHave);
        if (!unknown.isEmpty()) {
            throw new BackendException(
                    Kind.REFUSED,
                    "comfyui: expected a server with every class of the workflow, found none of "
                            + String.join(", ", unknown)
                            + ". Install the custom nodes there, or export another workflow");
        }
    }
}
