package dev.touchstone.eval.judge;

import dev.touchstone.generator.backend.CandidateJudge;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.feature.Attribute;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.adherence.Adherence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges candidates by the adherence that the score stage computes. What was chosen by a network and is scored by the same network
 * looks better than it is: the choice also picks the network's mistakes.
 */
public final class AdherenceJudge implements CandidateJudge {

    private final TouchstoneFeatures network;
    private final Map<PromptId, SortedMap<Attribute, String>> asks;

    /** @param asks what each prompt asks for, in the words of the prompt of record */
    public AdherenceJudge(TouchstoneFeatures network, Map<PromptId, SortedMap<Attribute, String>> asks) {
        this.network = network;
        this.asks = Map.copyOf(asks);
    }

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(Map.of("judge", network.name(), "judgeDigest", network.weightsDigest()));
    }

    @Override
    public List<Optional<Judgement>> judge(PromptId prompt, List<RgbImage> candidates) {
        SortedMap<Attribute, String> asked = asks.get(prompt);
        if (asked.isEmpty()) {
            return candidates.stream()
                    .map(candidate -> Optional.<Judgement>empty())
                    .toList();
        }
        return network.attributes(candidates).stream()
                .map(reading -> judgement(Adherence.of(reading, asked)))
                .toList();
    }

    private static Optional<Judgement> judgement(Adherence adherence) {
        return adherence instanceof Adherence.Measured measured
                ? Optional.of(new Judgement(measured.share(), Math.min(1, measured.confidence())))
                : Optional.empty();
    }
}
