package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.OptionValues;
import dev.touchstone.generator.backend.OptionsSchema;
import dev.touchstone.generator.backend.OptionsSchema.Effect;
import dev.touchstone.generator.backend.OptionsSchema.Option;
import dev.touchstone.generator.backend.OptionsSchema.Presence;
import dev.touchstone.generator.backend.OptionsSchema.Type;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.SizeRule;
import dev.touchstone.generator.backend.SizeRule.Size;
import dev.touchstone.generator.backend.http.CallLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The options of {@code openai-images}, as a manifest may say them and as the back end reads them. */
final class OpenAiOptions {

    static final String NAME = "openai-images";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#@]*)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    private static final Pattern PHASE = Pattern.compile("queued|loading|encoding|sampling|decoding");
    private static final Pattern TAKEN = Pattern.compile("seed|steps|guidance|negative_prompt|sampler|edit_strength");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]+|localhost|\\[::1\\]");
    private static final long MEBIBYTE = 1L << 20;

    static final OptionsSchema SCHEMA = new OptionsSchema(List.of(
            new Option(
                    "base_url",
                    new Type.Text(ADDRESS, "an address such as https://api.openai.com/v1, without a key in it"),
                    new Presence.Needed(),
                    Effect.SERVING,
                    "Where the API is, up to and without /images."),
            new Option(
                    "api_key_env",
                    new Type.Text(VARIABLE, "the name of an environment variable"),
                    new Presence.Free(),
                    Effect.SERVING,
                    "Environment variable that holds the key; without it no key is sent."),
            new Option(
                    "plain_http",
                    new Type.Choice(List.of("refuse", "allow")),
                    new Presence.Otherwise("refuse"),
                    Effect.SERVING,
                    "Whether a server on another machine may be spoken to without encryption."),
            new Option(
                    "fields",
                    new Type.Table(TAKEN, WORD, "the name of a field"),
                    new Presence.Free(),
                    Effect.PICTURE,
                    "Settings that the server takes beside the API's own, each with the name of its field, such as seed: seed."),
            new Option(
                    "body",
                    new Type.Table(WORD, VALUE, "a text of one line"),
                    new Presence.Free(),
                    Effect.PICTURE,
                    "More fields of every request, such as quality: high."),
            new Option(
                    "sizes",
                    new Type.Texts(Pattern.compile("[0-9]{2,4}x[0-9]{2,4}"), "a size such as 1024x1024"),
                    new Presence.Free(),
                    Effect.SERVING,
                    "Sizes that the server makes; any size without it."),
            new Option(
                    "stream",
                    new Type.Flag(),
                    new Presence.Otherwise("false"),
                    Effect.SERVING,
                    "Whether answers are streamed, so that previews can be asked for."),
            new Option(
                    "response_format",
                    new Type.Choice(List.of("unsaid", "b64_json", "url")),
                    new Presence.Otherwise("unsaid"),
                    Effect.SERVING,
                    "How pictures come back, where the server lets one choose."),
            new Option(
                    "url_hosts",
                    new Type.Texts(HOST, "a host, with its port if it has one"),
                    new Presence.Free(),
                    Effect.SERVING,
                    "Hosts that pictures may be fetched from where they come as addresses; the server's own without it."),
            new Option(
                    "stages",
                    new Type.Table(PHASE, WORD, "the name of a number in the answer's metrics that ends in _s or _ms"),
                    new Presence.Free(),
                    Effect.SERVING,
                    "Phases that the server times itself, each with the name of the number."),
            new Option(
                    "prompt_syntax",
                    new Type.Choice(List.of("refuse", "pass")),
                    new Presence.Otherwise("refuse"),
                    Effect.SERVING,
                    "Whether prompts may hold what some servers execute: <lora:, <sd_cpp_extra_args>, embedding:."),
            new Option(
                    "edit_prompt",
                    new Type.Choice(List.of("description", "instruction")),
                    new Presence.Otherwise("description"),
                    Effect.PICTURE,
                    "What an edit sends: the description of the wanted picture, or what a person would ask for."),
            new Option(
                    "seed_probe",
                    new Type.Choice(List.of("on", "off")),
                    new Presence.Otherwise("on"),
                    Effect.SERVING,
                    "Whether two or three pictures are drawn first to see whether seeds do what they should."),
            new Option(
                    "tries",
                    new Type.Whole(1, 10),
                    new Presence.Otherwise("4"),
                    Effect.SERVING,
                    "Tries of one request at most."),
            new Option(
                    "answer_seconds",
                    new Type.Whole(1, 3_600),
                    new Presence.Otherwise("300"),
                    Effect.SERVING,
                    "Longest wait for a whole answer."),
            new Option(
                    "most_answer_mib",
                    new Type.Whole(1, 1_024),
                    new Presence.Otherwise("128"),
                    Effect.SERVING,
                    "Largest answer that is taken, in MiB.")));

    private final OptionValues values;

    OpenAiOptions(OptionValues values) {
        this.values = values;
    }

    /**
     * @throws BackendException if options contradict each other
     */
    void check() {
        if (!values.has("base_url")) {
            throw new BackendException(NAME + ": base_url: expected the address of a server, found none");
        }
        URI base = baseUrl();
        if (base.getHost() == null) {
            throw new BackendException(NAME + ": base_url: expected an address with a host, found none");
        }
        boolean here = LOOPBACK.matcher(base.getHost()).matches();
        if (base.getScheme().equals("http")
                && !here
                && values.text("plain_http").filter("allow"::equals).isEmpty()) {
            throw new BackendException(NAME + ": base_url: expected https for a server on another machine, found http."
                    + " Set plain_http: allow if the network is yours.");
        }
    }

    URI baseUrl() {
        return URI.create(values.text("base_url").orElseThrow().replaceFirst("/+$", ""));
    }

    Optional<String> keyVariable() {
        return values.text("api_key_env");
    }

    /** The server's name of a setting, if it takes it. */
    Optional<String> field(Setting setting) {
        return Optional.ofNullable(values.table("fields").get(setting.key()));
    }

    SortedMap<String, String> body() {
        return values.table("body");
    }

    SizeRule sizes() {
        List<String> sizes = values.texts("sizes");
        return sizes.isEmpty()
                ? SizeRule.ANY
                : new SizeRule.Listed(sizes.stream()
                        .map(text -> new Size(
                                Integer.parseInt(text.replaceFirst("x.*", "")),
                                Integer.parseInt(text.replaceFirst(".*x", ""))))
                        .toList());
    }

    boolean streamed() {
        return values.flag("stream");
    }

    Optional<String> responseFormat() {
        return values.text("response_format").filter(format -> !format.equals("unsaid"));
    }

    Set<String> urlHosts() {
        List<String> named = values.texts("url_hosts");
        return named.isEmpty() ? Set.of(baseUrl().getRawAuthority()) : new TreeSet<>(named);
    }

    /** Names of the server's numbers by the id of the phase that they time. */
    SortedMap<String, String> stages() {
        return values.table("stages");
    }

    boolean passesSyntax() {
        return values.text("prompt_syntax").filter("pass"::equals).isPresent();
    }

    boolean editsByInstruction() {
        return values.text("edit_prompt").filter("instruction"::equals).isPresent();
    }

    boolean probesSeeds() {
        return values.text("seed_probe").filter("on"::equals).isPresent();
    }

    int tries() {
        return (int) values.whole("tries").orElseThrow();
    }

    CallLimits limits() {
        Duration answer = Duration.ofSeconds(values.whole("answer_seconds").orElseThrow());
        return new CallLimits(
                Duration.ofSeconds(Math.min(10, answer.toSeconds())),
                answer,
                answer,
                values.whole("most_answer_mib").orElseThrow() * MEBIBYTE);
    }
}
