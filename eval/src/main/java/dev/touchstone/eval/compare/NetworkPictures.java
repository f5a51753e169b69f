package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.Difference.Measured;
import dev.touchstone.eval.compare.Difference.Use;
import dev.touchstone.eval.golden.GoldenDataset;
import dev.touchstone.eval.inference.StudentEstimate;
import dev.touchstone.metrics.feature.TouchstoneFeatures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares the pictures of two runs with the built-in network: how much a picture of the same prompt, index and seed changed, and
 * which run is nearer to the golden set. Above {@link #MOST_PROMPTS} shared prompts an even choice of them is looked at.
 */
public final class NetworkPictures implements PictureComparison {

    /** Prompts whose pictures are opened: enough for an interval in every one of twenty cohorts. */
    static final int MOST_PROMPTS = 1000;

    private static final String LPIPS = "same-seed.lpips";
    private static final String SSIM = "same-seed.ssim";
    private static final String PSNR = "same-seed.psnr";

    private final TouchstoneFeatures network;
    private final Optional<GoldenDataset> golden;
    private final Path goldenCache;

    /**
     * @param golden what both runs were made with; without it closeness is not measured
     * @param goldenCache folder of the features of golden pictures, which all runs share
     */
    public NetworkPictures(TouchstoneFeatures network, Optional<GoldenDataset> golden, Path goldenCache) {
        this.network = network;
        this.golden = golden;
        this.goldenCache = goldenCache;
    }

    @Override
    public Of of(ComparedRun base, ComparedRun candidate, Pairing pairs, double level) {
        Pairing chosen = choice(pairs);
        PicturePairs pictures = PicturePairs.of(base.pictures(), candidate.pictures(), chosen);
        String of = chosen.size() == pairs.size() ? "" : ", " + chosen.size() + " of " + pairs.size() + " prompts";
        SameSeed seen = SameSeed.of(network, base, candidate, pictures);
        Optional<GoldenCloseness> closeness =
                golden.map(dataset -> new GoldenCloseness(network, dataset, goldenCache, base, candidate, pictures));
        return (cohort, own) -> {
            Pairing in = chosen.of(cohort);
            List<Difference> all = new ArrayList<>(sameSeed(seen, in, level, of));
            closeness.flatMap(measured -> measured.of(cohort, in, level, of)).ifPresent(all::add);
            return all;
        };
    }

    private static Pairing choice(Pairing pairs) {
        if (pairs.size() <= MOST_PROMPTS) {
            return pairs;
        }
        int[] base = new int[MOST_PROMPTS];
        int[] candidate = new int[MOST_PROMPTS];
        for (int k = 0; k < MOST_PROMPTS; k++) {
            int at = (int) ((long) k * pairs.size() / MOST_PROMPTS);
            base[k] = pairs.base()[at];
            candidate[k] = pairs.candidate()[at];
        }
        return new Pairing(pairs.prompts(), base, candidate);
    }

    private static List<Difference> sameSeed(SameSeed seen, Pairing in, double level, String of) {
        return List.of(
                change(LPIPS + "[" + seen.network() + "]", "1", seen.lpips(), in, level, of),
                change(SSIM, "1", seen.ssim(), in, level, of),
                change(PSNR, "dB", seen.psnr(), in, level, of));
    }

    /**
     * How much the pictures of a cohort changed: a mean over prompts, which is a difference by itself. No way is better: only a
     * release of the engine alone is held to it.
     */
    private static Difference change(String id, String unit, PromptValues values, Pairing in, double level, String of) {
        double[] means = new double[in.size()];
        int n = 0;
        int images = 0;
        for (int prompt : in.candidate()) {
            if (values.count(prompt) > 0) {
                means[n++] = values.sum(prompt) / values.count(prompt);
                images += values.count(prompt);
            }
        }
        if (n < 2) {
            return new Difference.Unmeasured(
                    id,
                    Use.EXPLAINS,
                    "needs 2 prompts with pictures that differ and have the same seed and size, found " + n,
                    n);
        }
        StudentEstimate estimate = StudentEstimate.of(
                Arrays.copyOf(means, n), "pictures of the same seed, mean over prompts, t over prompts" + of);
        return new Measured(
                id,
                Use.EXPLAINS,
                unit,
                Optional.empty(),
                0,
                estimate.value(),
                estimate.value(),
                Optional.of(estimate.interval(level)),
                estimate.method(),
                n,
                images);
    }
}
