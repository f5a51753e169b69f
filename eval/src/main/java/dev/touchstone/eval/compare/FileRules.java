package dev.touchstone.eval.compare;

import dev.touchstone.eval.compare.RuleInput.Finding;
import java.util.Optional;

/** Rules about the files themselves, of which at most {@link PictureFacts#MOST} of a run are opened. */
final class FileRules {

    private FileRules() {}

    static Optional<Finding> sizeNotAsAsked(RuleInput in) {
        Pictures pictures = in.candidate().pictures();
        int other = 0;
        String example = "";
        for (int row = 0; row < pictures.size(); row++) {
            Pictures.Made made = pictures.made(row);
            if (pictures.isComplete(row)
                    && (made.widthPixels() != pictures.widthPixels(row)
                            || made.heightPixels() != pictures.heightPixels(row))) {
                other++;
                example = made.widthPixels() + "x" + made.heightPixels() + " for " + pictures.widthPixels(row) + "x"
                        + pictures.heightPixels(row);
            }
        }
        return other == 0
                ? Optional.empty()
                : Finding.suspect("%d pictures have another size than was asked for, such as %s", other, example);
    }

    static Optional<Finding> metadataDisagrees(RuleInput in) {
        PictureFacts facts = PictureFacts.of(in.candidate());
        return facts.disagreeing() == 0
                ? Optional.empty()
                : Finding.suspect(
                        "%d of %d opened pictures name other steps than the run asked for, such as %s",
                        facts.disagreeing(), facts.opened(), facts.disagreement());
    }

    static Optional<Finding> markLost(RuleInput in) {
        PictureFacts before = PictureFacts.of(in.base());
        if (before.marked() == 0) {
            return Optional.empty();
        }
        PictureFacts after = PictureFacts.of(in.candidate());
        double was = (double) before.marked() / before.opened();
        double is = after.opened() == 0 ? 0 : (double) after.marked() / after.opened();
        return is < was
                ? Finding.suspect(
                        "%d of %d opened pictures carry a provenance mark, %d of %d of the base",
                        after.marked(), after.opened(), before.marked(), before.opened())
                : Optional.empty();
    }
}
