package dev.touchstone.generator.backend;

import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Says how well pictures show what their prompt asks for, so that the best of several can be kept. */
public interface CandidateJudge {

    /**
     * What identifies the judgements, for the run header beside the back end's own identity: {@code judge} names the network,
     * {@code judgeDigest} its weights. A run is only finished by a judge of the same identity.
     */
    SortedMap<String, String> identity();

    /**
     * Judges pictures of one prompt. The same pictures in the same order are judged the same.
     *
     * @param candidates not empty
     * @return one answer per picture, in order; empty where the prompt asks for nothing that can be judged
     */
    List<Optional<Judgement>> judge(PromptId prompt, List<RgbImage> candidates);

    /**
     * A judged picture.
     *
     * @param adherence share of what was asked that the picture shows, in [0, 1]
     * @param confidence mean probability of what was asked, in [0, 1]; orders pictures that show equally much
     */
    record Judgement(double adherence, double confidence) {

        /** @throws IllegalArgumentException if a number is outside [0, 1] */
        public Judgement {
            if (!(adherence >= 0 && adherence <= 1 && confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException(
                        "judgement: expected numbers in [0, 1], found " + adherence + " and " + confidence);
            }
        }
    }
}
