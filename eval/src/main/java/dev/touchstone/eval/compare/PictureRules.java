package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import dev.touchstone.metrics.image.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rules about what the pictures show, by the digests and fingerprints in their records. */
final class PictureRules {

    /** Largest difference of two of a picture's 64 mean luminances at which it shows nothing. */
    private static final int BLANK_CONTRAST = 2;

    /** Share of pairs that equal the base's at which the change cannot have taken effect. */
    private static final double MOST_EQUAL = 0.5;

    private PictureRules() {}

    /** Pictures of a prompt that look the same within rounding though their seeds differ, more than in the base. */
    static Optional<Finding> seedIgnored(RuleInput in) {
        boolean[] before = alike(in.base(), false);
        boolean[] after = alike(in.candidate(), false);
        int more = 0;
        int less = 0;
        int ofCandidate = 0;
        for (int k = 0; k < in.pairs().size(); k++) {
            boolean b = before[in.pairs().base()[k]];
            boolean c = after[in.pairs().candidate()[k]];
            more += c && !b ? 1 : 0;
            less += b && !c ? 1 : 0;
            ofCandidate += c ? 1 : 0;
        }
        double p = RuleInput.signTest(more, less);
        return more > less && p < RuleInput.ALPHA
                ? Finding.suspect(
                        "the pictures of %d prompts are near-duplicates of one another; %d prompts more than in the base, %d"
                                + " fewer (sign test p = %.2g)",
                        ofCandidate, more, less, p)
                : Optional.empty();
    }

    /** Pictures of a prompt that are the same file, or by what the back end says of the same seed. */
    static Optional<Finding> identicalDraws(RuleInput in) {
        int prompts = count(alike(in.candidate(), true));
        int ofBase = count(alike(in.base(), true));
        return prompts > ofBase
                ? Finding.suspect(
                        "%d prompts have pictures of different indexes that are the same byte for byte or were drawn with one seed,"
                                + " %d in the base",
                        prompts, ofBase)
                : Optional.empty();
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** By prompt, whether two of its pictures are the same file, or look alike within rounding. */
    private static boolean[] alike(ComparedRun run, boolean sameFile) {
        Pictures pictures = run.pictures();
        boolean[] alike = new boolean[run.samples().prompts().size()];
        Map<Integer, List<Integer>> rows = new HashMap<>();
        for (int row = 0; row < pictures.size(); row++) {
            if (!pictures.isComplete(row)) {
                continue;
            }
            List<Integer> others = rows.computeIfAbsent(pictures.prompt(row), prompt -> new ArrayList<>());
            for (int other : others) {
                alike[pictures.prompt(row)] |= sameFile
                        ? pictures.sameFile(row, pictures, other) || sameSeed(pictures, row, other)
                        : pictures.distance(row, pictures, other) <= Fingerprint.ROUNDING_DISTANCE;
            }
            others.add(row);
        }
        return alike;
    }

    /** Whether the back end says that it drew both pictures with one seed, which is not the one it was asked for. */
    private static boolean sameSeed(Pictures pictures, int row, int other) {
        return pictures.made(row).seed().isPresent()
                && pictures.made(row).seed().getAsLong() != pictures.seed(row)
                && pictures.made(row).seed().equals(pictures.made(other).seed());
    }

    static Optional<Finding> blankPictures(RuleInput in) {
        int blank = blank(in.candidate().pictures());
        int ofBase = blank(in.base().pictures());
        int complete = complete(in.candidate().pictures());
        return blank > ofBase
                ? Finding.suspect(
                        "%d of %d pictures are blank or nearly of one colour, %d in the base", blank, complete, ofBase)
                : Optional.empty();
    }

    private static int blank(Pictures pictures) {
        int blank = 0;
        for (int row = 0; row < pictures.size(); row++) {
            blank += pictures.isComplete(row) && pictures.contrast(row) <= BLANK_CONTRAST ? 1 : 0;
        }
        return blank;
    }

    private static int complete(Pictures pictures) {
        int complete = 0;
        for (int row = 0; row < pictures.size(); row++) {
            complete += pictures.isComplete(row) ? 1 : 0;
        }
        return complete;
    }

    static Optional<Finding> copiedFromGolden(RuleInput in) {
        Set<String> golden = in.surroundings().goldenDigests();
        if (golden.isEmpty()) {
            return Optional.empty();
        }
        int copied = 0;
        Pictures pictures = in.candidate().pictures();
        for (int row = 0; row < pictures.size(); row++) {
            copied += pictures.isComplete(row) && golden.contains(pictures.sha256(row)) ? 1 : 0;
        }
        return copied == 0
                ? Optional.empty()
                : Finding.suspect("%d pictures are files of the golden dataset, byte for byte", copied);
    }

    static Optional<Finding> equalToBaseline(RuleInput in) {
        if (in.conditions().kind() == Conditions.Kind.SAME || in.images().size() == 0) {
            return Optional.empty();
        }
        int equal = 0;
        for (int k = 0; k < in.images().size(); k++) {
            equal += in.candidate()
                            .pictures()
                            .sameFile(
                                    in.images().candidate()[k],
                                    in.base().pictures(),
                                    in.images().base()[k])
                    ? 1
                    : 0;
        }
        String evidence = "%d of %d pictures are the base's byte for byte, although the conditions differ";
        if (equal > MOST_EQUAL * in.images().size()) {
            return Finding.suspect(evidence, equal, in.images().size());
        }
        return equal == 0
                ? Optional.empty()
                : Finding.notice(evidence, equal, in.images().size());
    }

    /** One file for several prompts. */
    static Optional<Finding> fileHandedOutAgain(RuleInput in) {
        int again = again(in.candidate().pictures());
        int ofBase = again(in.base().pictures());
        return again > ofBase
                ? Finding.suspect(
                        "%d pictures are the same file as a picture of another prompt, %d in the base", again, ofBase)
                : Optional.empty();
    }

    private static int again(Pictures pictures) {
        Integer[] rows = new Integer[pictures.size()];
        Arrays.setAll(rows, row -> row);
        Map<Long, Integer> first = new HashMap<>();
        int again = 0;
        for (int row : rows) {
            if (!pictures.isComplete(row)) {
                continue;
            }
            Integer other = first.putIfAbsent(pictures.digest(row), row);
            again += other != null && pictures.prompt(other) != pictures.prompt(row) ? 1 : 0;
        }
        return again;
    }
}
