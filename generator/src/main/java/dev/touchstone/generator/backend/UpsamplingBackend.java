package dev.touchstone.generator.backend;

import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.generator.prompt.Prompt;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.generator.prompt.PromptUpsampler;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes prompts out at length before another back end reads them. The time that takes counts as encoding. */
public final class UpsamplingBackend implements ImageBackend {

    private final ImageBackend backend;
    private final Map<PromptId, Prompt> prompts;

    /**
     * @param backend draws; closed with this
     * @param prompts all that will be requested
     */
    public UpsamplingBackend(ImageBackend backend, Map<PromptId, Prompt> prompts) {
        this.backend = backend;
        this.prompts = Map.copyOf(prompts);
    }

    /** The back end's own, and {@code promptUpsampling}. */
    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>(backend.identity());
        identity.put("promptUpsampling", PromptUpsampler.NAME);
        return identity;
    }

    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        phases.enter(Phase.ENCODING, 0);
        PromptUpsampler.Expansion expansion = PromptUpsampler.expand(prompts.get(request.promptId()), request.seed());
        sink.revised(new RevisedPrompt(expansion.outcome().id(), expansion.text()));
        backend.generate(request.withPrompt(expansion.text()), phases, sink);
    }

    @Override
    public Optional<Probe> probe() {
        return backend.probe();
    }

    @Override
    public BackendCapabilities capabilities() {
        return backend.capabilities();
    }

    @Override
    public void cancel() {
        backend.cancel();
    }

    @Override
    public void close() {
        backend.close();
    }
}
