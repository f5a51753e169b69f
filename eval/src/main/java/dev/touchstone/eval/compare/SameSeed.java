package dev.touchstone.eval.compare;

import dev.touchstone.metrics.feature.DigestedImage;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import dev.touchstone.metrics.image.ImageDecoder;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.metric.lpips.LearnedPerceptualSimilarity;
import dev.touchstone.metrics.metric.lpips.LinearWeights;
import dev.touchstone.metrics.metric.psnr.PeakSignalToNoise;
import dev.touchstone.metrics.metric.ssim.Downsampling;
import dev.touchstone.metrics.metric.ssim.StructuralSimilarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much the pictures of the same prompt, index, seed and size changed, by the candidate's prompts. Identical files have an LPIPS
 * of 0, an SSIM of 1 and a PSNR of 100 dB without being opened.
 *
 * @param network whose LPIPS
 */
record SameSeed(String network, PromptValues lpips, PromptValues ssim, PromptValues psnr) {

    /** Stands for identical pictures, whose PSNR is infinite: above what 8-bit pictures that differ can have. */
    private static final double MOST_DECIBELS = 100;

    private static final int BATCH = 64;

    static SameSeed of(TouchstoneFeatures network, ComparedRun base, ComparedRun candidate, PicturePairs pairs) {
        Collected collected = new Collected(network);
        List<Integer> open = new ArrayList<>();
        Pictures before = base.pictures();
        Pictures after = candidate.pictures();
        for (int k = 0; k < pairs.size(); k++) {
            int b = pairs.base()[k];
            int c = pairs.candidate()[k];
            boolean same = before.seed(b) == after.seed(c)
                    && before.widthPixels(b) == after.widthPixels(c)
                    && before.heightPixels(b) == after.heightPixels(c);
            if (same && after.sameFile(c, before, b)) {
                collected.lpips.add(after.prompt(c), after.index(c), 0);
                collected.ssim.add(after.prompt(c), after.index(c), 1);
                collected.psnr.add(after.prompt(c), after.index(c), MOST_DECIBELS);
            } else if (same) {
                open.add(k);
            }
            if (open.size() == BATCH) {
                collected.add(base, candidate, pairs, open);
                open.clear();
            }
        }
        collected.add(base, candidate, pairs, open);
        int prompts = candidate.samples().prompts().size();
        return new SameSeed(
                network.name(),
                collected.lpips.build(prompts),
                collected.ssim.build(prompts),
                collected.psnr.build(prompts));
    }

    private static final class Collected {

        private final LearnedPerceptualSimilarity similarity;
        private final ImageDecoder decoder = new ImageDecoder();
        private final PromptValues.Builder lpips = new PromptValues.Builder();
        private final PromptValues.Builder ssim = new PromptValues.Builder();
        private final PromptValues.Builder psnr = new PromptValues.Builder();

        Collected(TouchstoneFeatures network) {
            similarity = new LearnedPerceptualSimilarity(network, LinearWeights.builtin(network));
        }

        void add(ComparedRun base, ComparedRun candidate, PicturePairs pairs, List<Integer> open) {
            List<RgbImage> before = new ArrayList<>();
            List<RgbImage> after = new ArrayList<>();
            List<Integer> rows = new ArrayList<>();
            for (int k : open) {
                RgbImage one = read(base, pairs.base()[k]);
                RgbImage other = read(candidate, pairs.candidate()[k]);
                if (one.widthPixels() == other.widthPixels() && one.heightPixels() == other.heightPixels()) {
                    before.add(one);
                    after.add(other);
                    rows.add(pairs.candidate()[k]);
                }
            }
            double[] distances = similarity.distances(after, before);
            double[] structures = new double[rows.size()];
            Arrays.parallelSetAll(
                    structures, i -> StructuralSimilarity.between(after.get(i), before.get(i), Downsampling.NONE));
            for (int i = 0; i < rows.size(); i++) {
                int prompt = candidate.pictures().prompt(rows.get(i));
                int index = candidate.pictures().index(rows.get(i));
                lpips.add(prompt, index, distances[i]);
                ssim.add(prompt, index, structures[i]);
                double decibels =
                        PeakSignalToNoise.between(after.get(i), before.get(i)).orElse(MOST_DECIBELS);
                psnr.add(prompt, index, Math.min(MOST_DECIBELS, decibels));
            }
        }

        private RgbImage read(ComparedRun run, int row) {
            return DigestedImage.recorded(run.output(row), run.pictures().sha256(row), decoder)
                    .read();
        }
    }
}
