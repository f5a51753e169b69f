package dev.touchstone.generator.backend.openai;

import dev.touchstone.generator.backend.BackendCapabilities;
import dev.touchstone.generator.backend.BackendException;
import dev.touchstone.generator.backend.BackendException.Kind;
import dev.touchstone.generator.backend.BackendSettings.Model;
import dev.touchstone.generator.backend.GeneratedImage;
import dev.touchstone.generator.backend.GeneratedImage.Answered;
import dev.touchstone.generator.backend.ImageBackend;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageSink;
import dev.touchstone.generator.backend.RevisedPrompt;
import dev.touchstone.generator.backend.Setting;
import dev.touchstone.generator.backend.http.FailedCall;
import dev.touchstone.generator.backend.http.HttpCaller;
import dev.touchstone.generator.backend.http.Retries;
import dev.touchstone.generator.backend.http.RetrySettings;
import dev.touchstone.generator.backend.http.Secret;
import dev.touchstone.generator.backend.openai.ImagesAnswer.Picture;
import dev.touchstone.generator.backend.openai.ImagesAttempt.Outcome;
import dev.touchstone.generator.backend.openai.SeedProbe.Seeding;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.file.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that speaks the images API. Thread-safe. */
final class OpenAiImagesBackend implements ImageBackend {

    /** More pictures than this at once no server takes. */
    private static final int MOST_AT_ONCE = 10;

    private static final double NANOS = 1e9;

    private static final Pattern EXECUTED =
            Pattern.compile("<lora:|<sd_cpp_extra_args>|\\bembedding:", Pattern.CASE_INSENSITIVE);

    private static final List<Phase> STAGES =
            List.of(Phase.QUEUED, Phase.LOADING, Phase.ENCODING, Phase.SAMPLING, Phase.DECODING);

    private final Model model;
    private final OpenAiOptions options;
    private final BackendCapabilities capabilities;
    private final Secret key;
    private final HttpCaller caller;
    private final Retries retries;
    private final PictureFetch fetch;

    OpenAiImagesBackend(
            Model model, OpenAiOptions options, BackendCapabilities capabilities, Secret key, RetrySettings retrying) {
        this.model = model;
        this.options = options;
        this.capabilities = capabilities;
        this.key = key;
        this.caller = new HttpCaller(options.limits());
        this.retries = new Retries(retrying);
        this.fetch = new PictureFetch(
                caller, retries, options.urlHosts(), options.baseUrl().getScheme());
    }

    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put("id", model.id());
        identity.put("version", model.version());
        identity.put("runtime", OpenAiOptions.NAME);
        identity.put("endpoint", options.baseUrl().toString());
        return identity;
    }

    @Override
    public BackendCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        refuseSyntax(request);
        int atOnce = capabilities.takes(Setting.SEED) ? 1 : Math.min(request.batchSize(), MOST_AT_ONCE);
        List<Integer> indexes = request.imageIndexes();
        Set<String> seen = new HashSet<>();
        Optional<BackendException> first = Optional.empty();
        for (int from = 0; from < indexes.size(); from += atOnce) {
            List<Integer> chunk = indexes.subList(from, Math.min(from + atOnce, indexes.size()));
            try {
                draw(new ImagesCall(model.id(), options, request, chunk), seen, phases, sink);
            } catch (FailedCall e) {
                first = first.or(() -> Optional.of(e.toBackendException(OpenAiOptions.NAME)));
            }
        }
        if (first.isPresent()) {
            throw first.get();
        }
    }

    @Override
    public Optional<Probe> probe() {
        return options.probesSeeds()
                ? Optional.of(
                        new SeedProbe(this::drawn, capabilities.takes(Setting.SEED) ? Seeding.SENT : Seeding.NOT_SENT))
                : Optional.empty();
    }

    private Optional<byte[]> drawn(ImageRequest request, long seed, PhaseObserver phases, ImageSink sink) {
        ImagesCall call = new ImagesCall(model.id(), options, request, request.imageIndexes()).withSeed(seed);
        try {
            Outcome outcome = retries.call(() -> new ImagesAttempt(caller, key, call, phases, sink).make());
            return outcome instanceof Outcome.Drawn drawn
                    ? drawn.answer().pictures().stream().findFirst().map(picture -> bytes(picture, phases))
                    : Optional.empty();
        } catch (FailedCall e) {
            throw e.toBackendException(OpenAiOptions.NAME);
        }
    }

    private void refuseSyntax(ImageRequest request) {
        Matcher executed = EXECUTED.matcher(request.prompt() + "\n" + request.negativePrompt());
        if (!options.passesSyntax() && executed.find()) {
            throw new BackendException(
                    Kind.REFUSED,
                    OpenAiOptions.NAME + ", prompt " + request.promptId() + ": expected words, found \""
                            + executed.group()
                            + "\", which some servers execute. Set serving.options.prompt_syntax: pass to send it.");
        }
    }

    private void draw(ImagesCall call, Set<String> seen, PhaseObserver phases, ImageSink sink) {
        Outcome outcome = retries.call(() -> new ImagesAttempt(caller, key, call, phases, sink).make());
        if (outcome instanceof Outcome.Moderated moderated) {
            call.indexes().forEach(index -> sink.moderated(index, key.hideIn(moderated.reason())));
            return;
        }
        Outcome.Drawn drawn = (Outcome.Drawn) outcome;
        enterStages(drawn, phases);
        hand(call, drawn.answer(), seen, phases, sink);
    }

    private void hand(ImagesCall call, ImagesAnswer answer, Set<String> seen, PhaseObserver phases, ImageSink sink) {
        List<Integer> left = new ArrayList<>(call.indexes());
        boolean repeated = false;
        for (Picture picture : answer.pictures()) {
            if (left.isEmpty()) {
                return; // a surplus picture belongs to no image
            }
            byte[] bytes = bytes(picture, phases);
            if (!seen.add(Sha256.of(bytes))) {
                repeated = true;
                continue;
            }
            sink.accept(left.remove(0), GeneratedImage.encoded(bytes).answered(answered(call, picture)));
        }
        if (repeated) {
            left.forEach(index -> sink.rejected(
                    index,
                    OpenAiOptions.NAME
                            + ": expected another picture for every image of a prompt, found the same again"));
        }
    }

    private byte[] bytes(Picture picture, PhaseObserver phases) {
        if (picture.bytes().isPresent()) {
            return picture.bytes().get();
        }
        phases.enter(Phase.FETCHING, 0);
        return fetch.fetch(picture.url().orElseThrow());
    }

    private Answered answered(ImagesCall call, Picture picture) {
        Answered answered = Answered.NOTHING.by(model.id(), options.baseUrl().getRawAuthority());
        if (call.seed().isPresent()) {
            answered = answered.withSeed(call.seed().getAsLong());
        }
        return picture.revised().isPresent()
                ? answered.withRevised(new RevisedPrompt(
                        "by-server", key.hideIn(picture.revised().get())))
                : answered;
    }

    /** Stages that the server timed, laid back to back before the head of its answer; what came before them was the way there. */
    private void enterStages(Outcome.Drawn drawn, PhaseObserver phases) {
        double left = 0;
        List<OptionalDouble> times = new ArrayList<>();
        for (Phase stage : STAGES) {
            String metric = options.stages().get(stage.id());
            OptionalDouble seconds =
                    metric == null ? OptionalDouble.empty() : drawn.answer().seconds(metric);
            times.add(seconds);
            left += seconds.orElse(0);
        }
        for (int i = 0; i < STAGES.size(); i++) {
            if (times.get(i).orElse(0) > 0) {
                phases.enterAt(STAGES.get(i), 0, drawn.headNanos() - Math.round(left * NANOS));
                left -= times.get(i).getAsDouble();
            }
        }
    }

    @Override
    public void cancel() {
        retries.cancel();
    }

    @Override
    public void close() {
        retries.cancel();
    }
}
