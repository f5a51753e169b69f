package dev.touchstone.eval.label;

/**
 * What became of the votes.
 *
 * @param current that count
 * @param superseded by a later vote of the same reviewer
 * @param stale set aside because the picture is another one now
 * @param matchedByFingerprint of the current ones, those given to a file that showed the same within rounding
 * @param verdicts merged, with an answer
 * @param ties merged, with answers that are tied
 */
public record LabelCounts(int current, int superseded, int stale, int matchedByFingerprint, int verdicts, int ties) {}
