package dev.touchstone.generator.run;

import dev.touchstone.generator.backend.CandidateJudge;
import dev.touchstone.generator.prompt.PromptId;
import dev.touchstone.metrics.image.RgbImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Likes red: adherence is the picture's mean red, confidence always one half. */
class RedJudge implements CandidateJudge {

    @Override
    public SortedMap<String, String> identity() {
        return new TreeMap<>(Map.of("judge", "red", "judgeDigest", "none"));
    }

    @Override
    public List<Optional<Judgement>> judge(PromptId prompt, List<RgbImage> candidates) {
        return candidates.stream()
                .map(candidate -> Optional.of(new Judgement(red(candidate), 0.5)))
                .toList();
    }

    static double red(RgbImage image) {
        double sum = 0;
        for (int i = 0; i < image.rgb().length; i += 3) {
            sum += (image.rgb()[i] & 0xff) / 255.0;
        }
        return Math.rint(sum / (image.rgb().length / 3) * 1e6) / 1e6;
    }
}
