package dev.touchstone.generator.backend;

import dev.touchstone.generator.backend.CandidateJudge.Judgement;
import dev.touchstone.generator.backend.Selection.Candidate;
import dev.touchstone.generator.phase.Phase;
import dev.touchstone.generator.phase.PhaseObserver;
import dev.touchstone.metrics.image.RgbImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Draws several candidates for every image of another back end and hands over the best. Candidate 0 of an image is the picture that
 * a request without candidates makes; the noise of candidate c has the index {@code image index + c *} {@value #STRIDE}.
 */
public final class BestOfBackend implements ImageBackend {

    /** Distance of the noise indexes of an image's candidates; above every image index, so that no two pictures share noise. */
    public static final int STRIDE = 65_536;

    /** Candidates that are judged together: a network costs as much with two pictures as with thirty. */
    private static final int TOGETHER = 32;

    private final ImageBackend backend;
    private final CandidateJudge judge;
    private final int candidates;

    /**
     * @param backend draws; closed with this
     * @param candidates drawn for each image, at least 2
     */
    public BestOfBackend(ImageBackend backend, CandidateJudge judge, int candidates) {
        if (candidates < 2) {
            throw new IllegalArgumentException("best of: expected at least 2 candidates, found " + candidates);
        }
        this.backend = backend;
        this.judge = judge;
        this.candidates = candidates;
    }

    /** The back end's own, what judges, and {@code bestOf}. */
    @Override
    public SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>(backend.identity());
        identity.putAll(judge.identity());
        identity.put("bestOf", Integer.toString(candidates));
        return identity;
    }

    /** Reports {@code judging} beside the phases of the back end. An image some of whose candidates did not come is the best of the rest. */
    @Override
    public void generate(ImageRequest request, PhaseObserver phases, ImageSink sink) {
        List<Integer> noise = new ArrayList<>();
        for (int image : request.imageIndexes()) {
            if (image >= STRIDE) {
                throw new BackendException("best of: expected image indexes below " + STRIDE + ", found " + image);
            }
            for (int candidate = 0; candidate < candidates; candidate++) {
                noise.add(image + candidate * STRIDE);
            }
        }
        Chooser chooser = new Chooser(request, new BatchObserver(phases), sink);
        try {
            backend.generate(request.withImageIndexes(noise), chooser.phases, chooser);
        } catch (BackendException e) {
            chooser.finish(); // what was drawn before is paid for and stays valid
            throw e;
        }
        chooser.finish();
    }

    @Override
    public Optional<Probe> probe() {
        return backend.probe();
    }

    @Override
    public BackendCapabilities capabilities() {
        return backend.capabilities().withLoad(BackendCapabilities.Load.ONE); // the judge is one network
    }

    @Override
    public void cancel() {
        backend.cancel();
    }

    @Override
    public void close() {
        backend.close();
    }

    /** Remembers the batch, to which judging belongs. */
    private static final class BatchObserver implements PhaseObserver {

        private final PhaseObserver phases;
        private int batch;

        BatchObserver(PhaseObserver phases) {
            this.phases = phases;
        }

        @Override
        public void enter(Phase phase, int ofBatch) {
            batch = ofBatch;
            phases.enter(phase, ofBatch);
        }

        @Override
        public void enterAt(Phase phase, int ofBatch, long nanoTime) {
            batch = ofBatch;
            phases.enterAt(phase, ofBatch, nanoTime);
        }

        @Override
        public void step(int ofBatch, int step) {
            phases.step(ofBatch, step);
        }

        @Override
        public void stepAt(int ofBatch, int step, long nanoTime) {
            phases.stepAt(ofBatch, step, nanoTime);
        }
    }

    /** Holds the candidates of one request until they are judged. */
    private final class Chooser implements ImageSink {

        private final ImageRequest request;
        private final BatchObserver phases;
        private final ImageSink sink;
        private final Map<Integer, SortedMap<Integer, GeneratedImage>> drawn = new LinkedHashMap<>();
        private final SortedMap<Integer, String> refused = new TreeMap<>();
        private final Set<Integer> wanted;
        private final Set<Integer> chosen = new HashSet<>();
        private int whole;

        Chooser(ImageRequest request, BatchObserver phases, ImageSink sink) {
            this.request = request;
            this.wanted = new HashSet<>(request.imageIndexes());
            this.phases = phases;
            this.sink = sink;
        }

        @Override
        public void revised(RevisedPrompt prompt) {
            sink.revised(prompt);
        }

        @Override
        public void preview(int noiseIndex) {
            sink.preview(noiseIndex % STRIDE);
        }

        @Override
        public void moderated(int noiseIndex, String reason) {
            refused.put(noiseIndex % STRIDE, reason);
        }

        @Override
        public void rejected(int noiseIndex, String reason) {
            refused.put(noiseIndex % STRIDE, reason);
        }

        @Override
        public OpenAttempt attempt() {
            return sink.attempt();
        }

        @Override
        public void accept(int noiseIndex, GeneratedImage image) {
            int imageIndex = noiseIndex % STRIDE;
            SortedMap<Integer, GeneratedImage> own = drawn.computeIfAbsent(imageIndex, index -> new TreeMap<>());
            boolean asked = wanted.contains(imageIndex) && noiseIndex / STRIDE < candidates;
            if (!asked || own.put(noiseIndex, image) != null) {
                throw new BackendException(
                        "back end: expected every candidate that was asked for once, found noise index " + noiseIndex
                                + " of " + request.promptId());
            }
            whole += own.size() == candidates ? 1 : 0;
            if (whole * candidates >= TOGETHER) {
                choose(true);
            }
        }

        void finish() {
            refused.keySet().removeAll(drawn.keySet()); // one candidate is enough for an image
            refused.keySet().removeAll(chosen);
            refused.forEach(sink::moderated);
            choose(false);
        }

        private void choose(boolean onlyWhole) {
            List<Integer> due = drawn.entrySet().stream()
                    .filter(entry -> !onlyWhole || entry.getValue().size() == candidates)
                    .map(Map.Entry::getKey)
                    .toList();
            if (due.isEmpty()) {
                return;
            }
            phases.enter(Phase.JUDGING, phases.batch);
            List<RgbImage> pictures = new ArrayList<>();
            due.forEach(image -> drawn.get(image).values().forEach(candidate -> pictures.add(candidate.pixels())));
            List<Optional<Judgement>> judged = judge.judge(request.promptId(), pictures);
            int at = 0;
            for (int image : due) {
                SortedMap<Integer, GeneratedImage> own = drawn.remove(image);
                List<Candidate> judgedOwn = new ArrayList<>();
                for (int noiseIndex : own.keySet()) {
                    judgedOwn.add(new Candidate(noiseIndex, judged.get(at++)));
                }
                Selection selection = Selection.best(candidates, judgedOwn);
                chosen.add(image);
                sink.selected(image, selection);
                sink.accept(
                        image,
                        own.get(selection.candidates().get(selection.kept()).noiseIndex()));
            }
            whole = 0;
        }
    }
}
