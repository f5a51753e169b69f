package dev.touchstone.eval.label;

/**
 * A vote and whether it counts.
 *
 * @param match why it holds or does not
 */
public record RecordedVote(Vote vote, VoteStatus status, PictureMatch match) {}
